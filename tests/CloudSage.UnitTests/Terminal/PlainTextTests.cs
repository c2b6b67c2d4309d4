using CloudSage.Terminal;

namespace CloudSage.UnitTests.Terminal;

/// <summary>Text of plugins and files can neither mark up nor steer the terminal, and amounts read as people expect.</summary>
public sealed class PlainTextTests
{
    [TestCase("[red]x[/]", "[[red]]x[[/]]")]
    [TestCase("a\u001b[2Jb", "a?[[2Jb")]
    [TestCase("one\ntwo", "one two")]
    [TestCase(null, "-")]
    public void Escape_HostileText_MeansNothingButItself(string? text, string expected) => PlainText.Escape(text).Should().Be(expected);

    [TestCase("0", "0.00")]
    [TestCase("1234567.891", "1,234,567.89")]
    [TestCase("0.000001", "0.000001")]
    [TestCase("-0.5", "-0.50")]
    public void Amount_AnyAmount_IsReadable(string amount, string expected)
        => PlainText.Amount(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)).Should().Be(expected);

    [TestCase(12, "12 ms")]
    [TestCase(1_250, "1.3 s")]
    public void Elapsed_AnyTime_HasAUnit(int milliseconds, string expected) => PlainText.Elapsed(TimeSpan.FromMilliseconds(milliseconds)).Should().Be(expected);
}
