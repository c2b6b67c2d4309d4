using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Hosting;

internal static partial class Log
{
    [LoggerMessage(2100, LogLevel.Warning, "Some plugins are not ready after {Wait}; they go on starting")]
    public static partial void StillStarting(this ILogger logger, TimeSpan wait);

    [LoggerMessage(2101, LogLevel.Error, HostingCodes.ThrewUnhandled + ": {Assembly} threw where nobody catches (a thread or an async void of its own): {ExceptionType}: {Message}. The host goes on; mend the plugin: await what it starts")]
    public static partial void PluginThrewUnhandled(this ILogger logger, string assembly, string exceptionType, string message);

    [LoggerMessage(2102, LogLevel.Information, "The application has its own handler of unhandled exceptions; plugins are not guarded")]
    public static partial void GuardNotInstalled(this ILogger logger);

    [LoggerMessage(2103, LogLevel.Warning, "The configuration has changed, and the change is not in force; what was before goes on counting: {Trouble}")]
    public static partial void ChangeNotInForce(this ILogger logger, string trouble);
}
