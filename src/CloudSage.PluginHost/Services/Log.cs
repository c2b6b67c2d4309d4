using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Services;

internal static partial class Log
{
    [LoggerMessage(2200, LogLevel.Warning, "{Finding}")]
    public static partial void NotPublished(this ILogger logger, Finding finding);

    [LoggerMessage(2201, LogLevel.Information, "The service registry {Registry} knows again what this host serves")]
    public static partial void PublishedAgain(this ILogger logger, string registry);
}
