using CloudSage.Terminal.Logging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Terminal;

/// <summary>Log lines as the worker and csg print them.</summary>
public sealed class CompactFormatterTests
{
    [Test]
    public void Write_Information_IsTimeAndMessage() => Format(LogLevel.Information, "focus-adapter added").Should().Be("10:20:30 focus-adapter added\n");

    [Test]
    public void Write_Warning_SaysSo() => Format(LogLevel.Warning, "careful").Should().Be("10:20:30 warning: careful\n");

    [Test]
    public void Write_LineBreakInAMessage_ForgesNoLine()
        => Format(LogLevel.Information, "bad\n10:20:31 forged\u001b[2J").Should().Be("10:20:30 bad 10:20:31 forged [2J\n");

    private static string Format(LogLevel level, string message)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 10, 20, 30, TimeSpan.Zero));
        using var text = new StringWriter { NewLine = "\n" };
        new CompactFormatter(clock).Write(new LogEntry<string>(level, "category", default, message, null, static (m, _) => m), null, text);
        return text.ToString();
    }
}
