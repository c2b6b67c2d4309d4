using CloudSage.PluginHost.Lifecycle;
using CloudSage.UnitTests.Fixtures;

namespace CloudSage.UnitTests.Lifecycle;

public sealed class StateFileTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TempFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void A_state_that_was_never_written_is_empty()
    {
        var state = File().Read();
        (state.Disabled.Count, state.Quarantined.Count, state.Retried.Count).Should().Be((0, 0, 0));
    }

    [Test]
    public void What_is_written_is_read_again()
    {
        var quarantine = new Quarantine("1.0.0", "abc", "it died", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        File().Change(s => s.WithDisabled("b", true).WithDisabled("a", true).WithQuarantine("c", quarantine));
        var state = File().Read();
        state.Disabled.Should().Equal("a", "b");
        state.Quarantined.Should().Equal(new Dictionary<string, Quarantine> { ["c"] = quarantine });
        File().Change(static s => s.WithDisabled("a", false).WithRetry("c", default)).Quarantined.Should().BeEmpty();
        File().Read().Disabled.Should().Equal("b");
    }

    [Test]
    public void A_change_is_made_to_what_somebody_else_wrote_meanwhile()
    {
        var (ours, theirs) = (File(), File());
        ours.Read();
        theirs.Change(static s => s.WithDisabled("theirs", true));
        ours.HasChanged.Should().BeTrue();
        ours.Change(static s => s.WithDisabled("ours", true)).Disabled.Should().Equal("ours", "theirs");
        ours.HasChanged.Should().BeFalse();
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("""{"disabled":null}""")]
    [TestCase("""{"quarantined":null}""")]
    [TestCase("""{"disabled":"a"}""")]
    public void A_damaged_state_is_refused_and_left_as_it_is(string text)
    {
        var path = _folder.Write("operator/state.json", text);
        FluentActions.Invoking(() => File().Read()).Should().Throw<InvalidDataException>().WithMessage("CSG1905*state.json*Mend it*");
        FluentActions.Invoking(() => File().Change(static s => s)).Should().Throw<InvalidDataException>();
        System.IO.File.ReadAllText(path).Should().Be(text);
    }

    [Test]
    public void What_a_crash_left_half_written_beside_the_state_does_no_harm()
    {
        File().Change(static s => s.WithDisabled("a", true));
        _folder.Write("operator/state.json.new", "{ half");
        File().Read().Disabled.Should().Equal("a");
        File().Change(static s => s.WithDisabled("b", true)).Disabled.Should().Equal("a", "b");
    }

    [Test]
    public void Changes_made_at_once_are_all_kept()
    {
        Parallel.For(0, 8, i => File().Change(s => s.WithDisabled($"p{i}", true)));
        File().Read().Disabled.Should().HaveCount(8);
    }

    private StateFile File() => new(_folder.Path);
}
