using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Registration.Placing;

internal static partial class Log
{
    [LoggerMessage(2401, LogLevel.Information, "A change of {Plugin} in '{Directory}' that was cut off is complete now")]
    public static partial void ChangeCompleted(this ILogger logger, string directory, string plugin);

    [LoggerMessage(2402, LogLevel.Warning, "A change in '{Directory}' was cut off and cannot be completed: {Message} What to do is said by: csg plugins verify")]
    public static partial void ChangeNotCompleted(this ILogger logger, string directory, string message);

    [LoggerMessage(2403, LogLevel.Warning, "A change of {Plugin} in '{Directory}' was cut off and could not be completed any more: it was taken back")]
    public static partial void ChangeTakenBack(this ILogger logger, string directory, string plugin);
}
