using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Registration.Placing;

internal static partial class Log
{
    [LoggerMessage(2401, LogLevel.Information, "A change of {Plugin} in '{Directory}' that was cut off is complete now")]
    public static partial void ChangeCompleted(this ILogger logger, string directory, string plugin);

    [LoggerMessage(2402, LogLevel.Warning, "A change in '{Directory}' was cut off and cannot be completed: {Message} Complete it with: csg plugins verify")]
    public static partial void ChangeNotCompleted(this ILogger logger, string directory, string message);
}
