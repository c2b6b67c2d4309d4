using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Staging;

internal static partial class Log
{
    [LoggerMessage(1200, LogLevel.Warning, "The store entry {Directory} was altered since it was staged; it is replaced")]
    public static partial void EntryDamaged(ILogger logger, string directory);

    [LoggerMessage(1201, LogLevel.Information, "Removed {Directory}, left half done by an earlier run")]
    public static partial void LeftoverRemoved(ILogger logger, string directory);

    [LoggerMessage(1202, LogLevel.Debug, "The unused store entry {Hash} is still in use by the system; it is removed later")]
    public static partial void EntryKept(ILogger logger, string hash);
}
