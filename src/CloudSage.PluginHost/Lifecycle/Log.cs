using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Lifecycle;

internal static partial class Log
{
    [LoggerMessage(1900, LogLevel.Error, "An operation on {Source} failed")]
    public static partial void OperationFailed(this ILogger logger, string source, Exception exception);

    [LoggerMessage(1901, LogLevel.Information, "{Message}")]
    public static partial void PluginChanged(this ILogger logger, string message);

    [LoggerMessage(1902, LogLevel.Warning, "{Message}")]
    public static partial void PluginTrouble(this ILogger logger, string message);

    [LoggerMessage(1903, LogLevel.Error, "The coordinator's loop failed and goes on")]
    public static partial void LoopFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1904, LogLevel.Warning, "{Finding}")]
    public static partial void Found(this ILogger logger, Finding finding);

    [LoggerMessage(1905, LogLevel.Debug, "Removed {Count} unused version(s) from the store")]
    public static partial void StoreCleaned(this ILogger logger, int count);

    [LoggerMessage(1906, LogLevel.Warning,
        "The process died while several plugins were being activated ({Plugins}); they are activated one at a time to find out which ended it")]
    public static partial void StartingOneAtATime(this ILogger logger, string plugins);

    [LoggerMessage(1907, LogLevel.Warning, "'{Permission}' is granted to {Plugin} {Where}, and is no permission: it grants nothing. {Suggestion}")]
    public static partial void GrantOfNothing(this ILogger logger, string permission, string plugin, string where, string suggestion);
}
