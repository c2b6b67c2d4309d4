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

    /// <summary>Serving calls.</summary>
    Active,

    /// <summary>Takes no new calls; those in flight are finishing, then it is stopped and unloaded.</summary>
    Draining,

    /// <summary>Out of memory.</summary>
    Unloaded,

    /// <summary>Kept out of use by the operator.</summary>
    Disabled,

    /// <summary>Refused: its findings say why.</summary>
    Rejected,

    /// <summary>Failed to start, or failed so often that its calls are refused for a while.</summary>
    Faulted,

    /// <summary>
    /// The process died while it was being activated (finding <c>CSG1901</c>): kept out of use until the operator clears it. Or it was taken
    /// out of service and does not stop (finding <c>CSG2004</c>): kept in sight until it ends, which needs nobody.
    /// </summary>
    Quarantined,

    /// <summary>Unloaded, and nothing of it is known to run, but something keeps it in memory.</summary>
    Leaked,
}
