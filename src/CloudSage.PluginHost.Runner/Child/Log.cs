using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Runner.Child;

internal static partial class Log
{
    [LoggerMessage(2500, LogLevel.Debug, "The scanner runs as process {ProcessId}")]
    public static partial void ScannerStarted(this ILogger logger, int processId);

    [LoggerMessage(2501, LogLevel.Warning, "The scanner, process {ProcessId}, was lost over {Path}: {Reason}")]
    public static partial void ScannerLost(this ILogger logger, int processId, string path, string reason);

    [LoggerMessage(2502, LogLevel.Debug, "The scanner, process {ProcessId}, had nothing to do and was ended")]
    public static partial void ScannerIdle(this ILogger logger, int processId);
}
