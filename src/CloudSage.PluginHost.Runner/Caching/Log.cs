using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Runner.Caching;

internal static partial class Log
{
    [LoggerMessage(2510, LogLevel.Warning, "What was found in a file of a plugin cannot be read back, and is found again: {Reason}")]
    public static partial void CacheUnreadable(this ILogger logger, string reason);

    [LoggerMessage(2511, LogLevel.Warning, "What was found in a file of a plugin cannot be kept: {Reason}")]
    public static partial void CacheUnwritable(this ILogger logger, string reason);
}
