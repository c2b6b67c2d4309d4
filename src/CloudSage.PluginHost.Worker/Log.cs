using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Worker;

internal static partial class Log
{
    [LoggerMessage(4100, LogLevel.Error, "The first analysis failed; the host goes on")]
    public static partial void FirstAnalysisFailed(this ILogger logger, Exception exception);

    [LoggerMessage(4101, LogLevel.Warning, "The configuration has changed, and the change is not in force; what was before goes on counting: {Message} {Reason}")]
    public static partial void SettingsNotRead(this ILogger logger, string message, string reason);
}
