namespace CloudSage.PluginHost.Lifecycle;

/// <summary>What the coordinator reports about a plugin as a whole.</summary>
internal static class LifecycleCodes
{
    /// <summary>The process died while the plugin was being activated. It is kept out of use until the operator clears it.</summary>
    public const string Quarantined = "CSG1901";

    /// <summary>The operator disabled the plugin.</summary>
    public const string Disabled = "CSG1902";

    /// <summary>No runtime of this host runs plugins of that language.</summary>
    public const string NoRuntime = "CSG1903";

    /// <summary>The host failed, not the plugin: an input or output error, or a defect. The message is the system's.</summary>
    public const string HostFailure = "CSG1904";

    /// <summary>The state file cannot be read. The host does not start, because it would use plugins that were disabled. Mend or delete the file.</summary>
    public const string StateDamaged = "CSG1905";

    /// <summary>A newer program wrote the state file. The host does not start, because it would use plugins that were disabled. Use that version of csg and of the host.</summary>
    public const string StateNewer = "CSG1906";
}
