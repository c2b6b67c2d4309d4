namespace CloudSage.PluginHost.Triggers;

/// <summary>The codes of what triggers report.</summary>
internal static class TriggerCodes
{
    /// <summary>The cron expression of a schedule cannot be read; the schedule is left out. Write five fields, or six with seconds first.</summary>
    public const string ScheduleInvalid = "CSG1801";

    /// <summary>The time zone of a schedule is unknown on this machine; the schedule is left out. Write an IANA name such as <c>Europe/Berlin</c>.</summary>
    public const string TimeZoneUnknown = "CSG1802";

    /// <summary>A schedule names no time that ever comes, such as 30 February; it never runs. Correct its expression.</summary>
    public const string ScheduleNeverDue = "CSG1803";

    /// <summary>The plugin serves nothing that this trigger could run. Implement <c>ICommandHandler</c> or an extension point that can run.</summary>
    public const string NothingToRun = "CSG1804";

    /// <summary>A program asked for a run, but the manifest's triggers do not allow programs. Add <c>- api: true</c> to them.</summary>
    public const string ApiNotAllowed = "CSG1805";

    /// <summary>The host is stopping and starts no more runs. Ask again after its start.</summary>
    public const string HostStopping = "CSG1806";

    /// <summary>No plugin of that name is active. Look at its state and findings.</summary>
    public const string PluginNotActive = "CSG1807";

    /// <summary>A subscriber's queue is full, so new messages to it are refused. Make it faster, publish less or raise the queue's capacity.</summary>
    public const string QueueOverflow = "CSG1808";

    /// <summary>A scheduled run was skipped because the plugin was still running. Make the run shorter or the schedule rarer.</summary>
    public const string ScheduleSkipped = "CSG1809";

    /// <summary>Times of a schedule passed while the machine slept or the plugin was not active, and are not caught up. Nothing, or run it by hand.</summary>
    public const string ScheduleMissed = "CSG1810";

    /// <summary>A run did not end by the shutdown deadline and was cancelled. Make it obey its token, or raise the deadline.</summary>
    public const string RunCancelledAtStop = "CSG1811";
}
