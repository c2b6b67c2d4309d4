namespace CloudSage.PluginHost;

/// <summary>Where a plugin stands on its path from a file to calls served and back out of memory.</summary>
public enum PluginState
{
    /// <summary>Seen in a plugin folder, but not complete or not yet looked at.</summary>
    Discovered,

    /// <summary>Read, staged and found fit to load.</summary>
    Verified,

    /// <summary>Fit to load, but another plugin that it depends on is not active.</summary>
    Waiting,

    /// <summary>In memory, not yet started.</summary>
    Loaded,

    /// <summary>Serving calls.</summary>
    Active,

    /// <summary>Takes no new calls; those in flight are finishing.</summary>
    Draining,

    /// <summary>Stopped and disposed, still in memory.</summary>
    Stopped,

    /// <summary>Out of memory.</summary>
    Unloaded,

    /// <summary>Kept out of use by the operator.</summary>
    Disabled,

    /// <summary>Refused: its findings say why.</summary>
    Rejected,

    /// <summary>Failed to start, or failed so often that its calls are refused for a while.</summary>
    Faulted,

    /// <summary>The process died while it was being activated, or it does not stop; kept out of use until the operator clears it.</summary>
    Quarantined,

    /// <summary>Unloaded, but something keeps it in memory.</summary>
    Leaked,
}
