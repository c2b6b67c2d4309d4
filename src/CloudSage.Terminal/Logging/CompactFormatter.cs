using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace CloudSage.Terminal.Logging;

/// <summary>One line for each event: the time, the level where it is not ordinary, and the message.</summary>
internal sealed class CompactFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "compact";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var now = time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        textWriter.WriteLine($"{now} {Level(logEntry.LogLevel)}{OneLine(message)}");
        if (logEntry.Exception is { } exception) textWriter.WriteLine($"         {exception}");
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug: ",
        LogLevel.Warning => "warning: ",
        LogLevel.Error => "error: ",
        LogLevel.Critical => "critical: ",
        _ => string.Empty,
    };

    /// <summary>Messages carry text of plugins: it must neither forge a line nor steer the terminal.</summary>
    private static string OneLine(string message) => string.Create(message.Length, message, static (span, text) =>
    {
        for (var i = 0; i < text.Length; i++) span[i] = char.IsControl(text[i]) ? ' ' : text[i];
    });
}
