using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Worker;

internal static partial class Log
{
    [LoggerMessage(4100, LogLevel.Error, "The first analysis failed; the host goes on")]
    public static partial void FirstAnalysisFailed(this ILogger logger, Exception exception);
}
