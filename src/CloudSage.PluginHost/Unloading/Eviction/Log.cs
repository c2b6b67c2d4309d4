using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Unloading.Eviction;

internal static partial class Log
{
    [LoggerMessage(2010, LogLevel.Information, "This runtime ({Runtime}) has no {Shape}: plugins that it would keep in memory cannot be freed of it")]
    public static partial void ShapeMissing(this ILogger logger, string shape, string runtime);
}
