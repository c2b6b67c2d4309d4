using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace CloudSage.Terminal.Logging;

/// <summary>Adds the log lines of the worker and csg.</summary>
public static class LoggingBuilderExtensions
{
    /// <summary>Logs to the console, one short line for each event.</summary>
    /// <param name="logging">The application's logging.</param>
    /// <param name="standardError">Whether every line goes to standard error, so that standard output holds results alone.</param>
    /// <returns>The same logging.</returns>
    public static ILoggingBuilder AddCompactConsole(this ILoggingBuilder logging, bool standardError = false)
    {
        ArgumentNullException.ThrowIfNull(logging);
        logging.Services.TryAddSingleton(TimeProvider.System);
        logging.AddConsoleFormatter<CompactFormatter, ConsoleFormatterOptions>();
        return logging.AddConsole(console =>
        {
            console.FormatterName = CompactFormatter.FormatterName;
            if (standardError) console.LogToStandardErrorThreshold = LogLevel.Trace;
        });
    }
}
