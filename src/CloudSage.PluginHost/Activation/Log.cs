using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Activation;

internal static partial class Log
{
    [LoggerMessage(1600, LogLevel.Warning, "{Plugin} {Version} was denied {Permission} ({Code})")]
    public static partial void PermissionDenied(this ILogger logger, string plugin, string version, string permission, string code);

    [LoggerMessage(1601, LogLevel.Warning, "{Plugin} {Version} did not return from {Step}: {Reason}; it is left behind")]
    public static partial void LeftBehind(this ILogger logger, string plugin, string version, string step, string reason);

    [LoggerMessage(1602, LogLevel.Warning, "{Plugin} {Version} failed in {Step}: {ExceptionType}: {Message}")]
    public static partial void StepFailed(this ILogger logger, string plugin, string version, string step, string exceptionType, string message);

    [LoggerMessage(1603, LogLevel.Error, "{Code}: {Plugin} {Version} failed in its background work '{Work}': {Detail}")]
    public static partial void BackgroundFailed(this ILogger logger, string code, string plugin, string version, string work, string detail);
}
