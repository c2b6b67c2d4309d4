using CloudSage.PluginHost.Brokering;
using Microsoft.Extensions.Logging;

namespace CloudSage.Analysis.Execution;

internal static partial class Log
{
    [LoggerMessage(EventId = 3010, Level = LogLevel.Information, Message = "{Source} analysed: {Rows} records, translated by {Adapter}")]
    public static partial void SourceAnalyzed(ILogger logger, string source, string adapter, long rows);

    [LoggerMessage(EventId = 3011, Level = LogLevel.Error, Message = "{Source} is recognised by no adapter")]
    public static partial void SourceNotRecognized(ILogger logger, string source);

    [LoggerMessage(EventId = 3012, Level = LogLevel.Error, Message = "{Source} has no result, for its translation by {Adapter} ended {Status}")]
    public static partial void SourceFailed(ILogger logger, string source, string adapter, CallStatus status);

    [LoggerMessage(EventId = 3013, Level = LogLevel.Information,
        Message = "Analysis complete in {Elapsed}: {Analyses} results, {Alerts} alerts, {Recommendations} recommendations, {Faults} faults of plugins")]
    public static partial void RunCompleted(ILogger logger, int analyses, int alerts, int recommendations, int faults, TimeSpan elapsed);
}
