using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Discovery;

internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Warning, "Too many changes at once in {Directory}: change signals were lost, looking at everything again")]
    public static partial void SignalsOverflowed(ILogger logger, string directory);

    [LoggerMessage(1001, LogLevel.Warning,
        "No change signals for {Directory}, looking every {Interval} instead: {Reason} On Linux raise fs.inotify.max_user_instances and "
        + "fs.inotify.max_user_watches; for network shares set ForcePolling to silence this")]
    public static partial void FellBackToPolling(ILogger logger, string directory, TimeSpan interval, string reason);
}
