namespace CloudSage.PluginHost;

/// <summary>A change in a plugin's life.</summary>
/// <param name="Sequence">Counts up by one for each event of this host; a gap means that the subscriber was too slow and missed some.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Plugin">The plugin's name.</param>
/// <param name="Version">The version it concerns; null while unknown.</param>
/// <param name="State">The plugin's state afterwards.</param>
/// <param name="Message">One line about it.</param>
/// <param name="Elapsed">How long it took, where that has a meaning.</param>
/// <param name="At">When, UTC.</param>
public sealed record PluginEvent(
    long Sequence, PluginEventKind Kind, string Plugin, string? Version, PluginState State, string Message, TimeSpan? Elapsed, DateTimeOffset At);

/// <summary>What happened to a plugin.</summary>
public enum PluginEventKind
{
    /// <summary>It was added and serves.</summary>
    Added,

    /// <summary>A new version serves in place of the old.</summary>
    Upgraded,

    /// <summary>A new version was refused or failed; the old one goes on serving.</summary>
    UpgradeFailed,

    /// <summary>It no longer serves: removed or disabled.</summary>
    Removed,

    /// <summary>It was refused.</summary>
    Rejected,

    /// <summary>It waits for another plugin.</summary>
    Waiting,

    /// <summary>It failed to start, or fails so often that its calls are refused.</summary>
    Faulted,

    /// <summary>It serves again after it was faulted, or its files are again those of the version that serves after others were refused.</summary>
    Recovered,

    /// <summary>The process died while it was activated, or a version that was taken out of service still runs; the message says which.</summary>
    Quarantined,

    /// <summary>An unloaded version left memory.</summary>
    Collected,

    /// <summary>An unloaded version did not leave memory, though nothing of it is known to run.</summary>
    Leaked,

    /// <summary>The operator disabled it.</summary>
    Disabled,

    /// <summary>The operator enabled it.</summary>
    Enabled,

    /// <summary>It was found out what holds an unloaded version.</summary>
    LeakExplained,

    /// <summary>It was examined again while it serves, because what a check judges by has changed, and something else is found now. It goes on serving.</summary>
    Reviewed,

    /// <summary>It was examined again while it served, and a check takes it out of service; what follows is its removal.</summary>
    Withdrawn,
}
