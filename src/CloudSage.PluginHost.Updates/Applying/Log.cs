using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Updates.Applying;

internal static partial class Log
{
    [LoggerMessage(2700, LogLevel.Information, "{Plugin} {From} is affected by a known vulnerability and is updated to {To}")]
    public static partial void Updated(this ILogger logger, string plugin, string from, string to);

    [LoggerMessage(2701, LogLevel.Information, "{Plugin} {Version} serves without trouble: the security update is confirmed")]
    public static partial void UpdateConfirmed(this ILogger logger, string plugin, string version);

    [LoggerMessage(2702, LogLevel.Warning, "{Finding}")]
    public static partial void NotUpdated(this ILogger logger, Finding finding);

    [LoggerMessage(2703, LogLevel.Error, "Security updates in '{Directory}' could not be looked for: {Message} They are tried again")]
    public static partial void RoundFailed(this ILogger logger, string directory, string message);

    [LoggerMessage(2704, LogLevel.Error, "Looking for security updates failed; it is tried again")]
    public static partial void RoundDefective(this ILogger logger, Exception exception);
}
