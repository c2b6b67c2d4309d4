using CloudSage.PluginHost;

namespace CloudSage.UnitTests.Activation;

public sealed class PluginFaultTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void An_exception_becomes_type_message_and_stack()
    {
        var fault = Of(Thrown(new InvalidOperationException("by design")));
        fault.Should().BeEquivalentTo(new { Code = "CSG1", ExceptionType = "System.InvalidOperationException", Message = "by design", At });
        fault.Detail.Should().Contain("by design").And.Contain(nameof(Thrown));
    }

    [Test]
    public void An_exception_that_throws_when_it_is_read_still_has_its_type()
    {
        var fault = Of(new Spiteful());
        fault.ExceptionType.Should().EndWith(nameof(Spiteful));
        fault.Message.Should().Contain(nameof(NotSupportedException));
        fault.Detail.Should().Contain(nameof(FormatException));
    }

    [Test]
    public void An_exception_without_a_message_has_an_empty_one() => Of(new Silent()).Message.Should().BeEmpty();

    [Test]
    public void Long_texts_are_cut()
    {
        var fault = Of(new InvalidOperationException(new string('x', 100_000)));
        (fault.Message.Length, fault.Detail.Length).Should().Be((1_024, 8_192));
    }

    private static PluginFault Of(Exception e) => PluginFault.From("CSG1", e, At);

    private static InvalidOperationException Thrown(InvalidOperationException e)
    {
        try
        {
            throw e;
        }
        catch (InvalidOperationException caught)
        {
            // Thrown for its stack alone.
            return caught;
        }
    }

    private sealed class Spiteful : Exception
    {
        public override string Message => throw new NotSupportedException();

        public override string ToString() => throw new FormatException();
    }

    private sealed class Silent : Exception
    {
        public override string Message => null!;
    }
}
