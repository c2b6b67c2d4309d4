using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Unloading;

internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Warning, "{Plugin} {Version} still has {Calls} call(s) running after {Deadline}; they are cancelled")]
    public static partial void DrainTimedOut(this ILogger logger, string plugin, string version, int calls, TimeSpan deadline);

    [LoggerMessage(2001, LogLevel.Error, UnloadingCodes.CallsLeftBehind + ": {Plugin} {Version} has {Calls} call(s) that ignore their cancellation; they are left behind and keep it in memory until they end")]
    public static partial void CallsLeftBehind(this ILogger logger, string plugin, string version, int calls);

    [LoggerMessage(2002, LogLevel.Warning, "{Code}: {Message}")]
    public static partial void EvictionFailed(this ILogger logger, string code, string message);

    [LoggerMessage(2050, LogLevel.Warning, "What keeps unloaded plugins in memory cannot be found out now")]
    public static partial void LookFailed(this ILogger logger, Exception exception);
}
