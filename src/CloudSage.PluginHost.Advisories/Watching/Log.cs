using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Advisories.Watching;

internal static partial class Log
{
    [LoggerMessage(2300, LogLevel.Information, "The advisories, their age, their waivers or their options have changed; plugins are examined again")]
    public static partial void BasisChanged(this ILogger logger);

    [LoggerMessage(2301, LogLevel.Warning, "The advisories could not be looked at for changes, and are again soon: {Message}")]
    public static partial void LookFailed(this ILogger logger, string message);
}
