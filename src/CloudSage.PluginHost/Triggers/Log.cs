using CloudSage.Plugins.Commands;
using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Triggers;

/// <summary>What triggers log: event ids 1800 to 1899.</summary>
internal static partial class Log
{
    public static void RunEnded(ILogger logger, PluginRunResult run)
    {
        var elapsed = run.EndedAt - run.StartedAt;
        if (run.Succeeded) RunSucceeded(logger, run.Plugin, run.Version, run.Trigger.Kind, elapsed, run.Message);
        else RunNotSucceeded(logger, run.Plugin, run.Version, run.Trigger.Kind, run.Status, elapsed, run.Finding?.Code ?? run.Fault?.Code, run.Message);
    }

    [LoggerMessage(1801, LogLevel.Information, "{Plugin} {Version} ran ({Trigger}) in {Elapsed}: {Message}")]
    private static partial void RunSucceeded(ILogger logger, string plugin, string? version, TriggerKind trigger, TimeSpan elapsed, string? message);

    [LoggerMessage(1802, LogLevel.Warning, "{Plugin} {Version} ran ({Trigger}) and ended as {Status} after {Elapsed}: {Code} {Message}")]
    private static partial void RunNotSucceeded(
        ILogger logger, string plugin, string? version, TriggerKind trigger, PluginRunStatus status, TimeSpan elapsed, string? code, string? message);

    [LoggerMessage(1803, LogLevel.Error, "A run of {Plugin} failed in the host itself.")]
    public static partial void RunBroke(ILogger logger, Exception exception, string plugin);

    [LoggerMessage(1804, LogLevel.Warning, "{Plugin}: {Finding}")]
    public static partial void ScheduleLeftOut(ILogger logger, string plugin, Finding finding);

    [LoggerMessage(1805, LogLevel.Warning, TriggerCodes.ScheduleSkipped + ": {Plugin} was due at {DueAt:O} by '{Schedule}' but was still running; this run is skipped.")]
    public static partial void ScheduleSkipped(ILogger logger, string plugin, DateTimeOffset dueAt, string schedule);

    [LoggerMessage(1806, LogLevel.Warning, TriggerCodes.ScheduleMissed + ": {Plugin} missed times of '{Schedule}' since {Since:O}; they are not caught up.")]
    public static partial void ScheduleMissed(ILogger logger, string plugin, string schedule, DateTimeOffset since);

    [LoggerMessage(1807, LogLevel.Warning, TriggerCodes.QueueOverflow + ": the queue of {Subscriber} is full ({Capacity}); new messages to it are refused until it has caught up.")]
    public static partial void QueueOverflow(ILogger logger, string subscriber, int capacity);

    [LoggerMessage(1808, LogLevel.Information, "The queue of {Subscriber} has caught up; {Refused} messages were refused meanwhile.")]
    public static partial void QueueCaughtUp(ILogger logger, string subscriber, long refused);

    [LoggerMessage(1809, LogLevel.Warning, TriggerCodes.RunCancelledAtStop + ": {Plugin} did not end its run {ExecutionId} ({Trigger}) by the shutdown deadline; the run was cancelled.")]
    public static partial void RunCancelledAtStop(ILogger logger, string plugin, string executionId, TriggerKind trigger);

    [LoggerMessage(1810, LogLevel.Warning, "{Count} queued events and alerts of {Subscriber} were dropped: {Reason}.")]
    public static partial void QueueDropped(ILogger logger, string subscriber, int count, string reason);

    [LoggerMessage(1811, LogLevel.Information, "Triggers stopped: {Cancelled} runs cancelled, {Dropped} queued messages dropped.")]
    public static partial void Stopped(ILogger logger, int cancelled, int dropped);
}
