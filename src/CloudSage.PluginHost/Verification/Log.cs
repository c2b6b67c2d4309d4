using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Verification;

internal static partial class Log
{
    [LoggerMessage(1300, LogLevel.Error, "The check {Check} cannot tell when it judges otherwise; plugins are not examined again when it does")]
    public static partial void CheckNotWatched(this ILogger logger, string check, Exception exception);
}
