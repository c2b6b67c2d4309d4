namespace CloudSage.PluginHost.Updates;

/// <summary>What keeps a plugin with a known vulnerability from being updated. Listed in docs/diagnostics.md.</summary>
internal static class UpdateCodes
{
    /// <summary>No version of the plugin's package mends the vulnerability and may be taken; the message says why of each. Watch for one, or leave the plugin out.</summary>
    public const string NoFix = "CSG2701";

    /// <summary>The version that mends it is beyond the range that was installed. Install it with another range.</summary>
    public const string BeyondRange = "CSG2702";

    /// <summary>The plugin was not installed from a package, so nothing is known of newer versions. Register a mended one.</summary>
    public const string NoOrigin = "CSG2703";

    /// <summary>The version that mends it is too young. It is taken once the cooldown is over; <c>csg plugins update</c> takes it now.</summary>
    public const string TooYoung = "CSG2704";

    /// <summary>The version that mends it was taken before and did not become healthy. A higher one is awaited; <c>csg plugins update</c> tries this one again.</summary>
    public const string RolledBackBefore = "CSG2705";

    /// <summary>The version that mends it asks for permissions that the plugin does not have. Update it by hand and grant them.</summary>
    public const string AsksForMore = "CSG2706";

    /// <summary>A newer version cannot be installed or registered; the findings beside this one say why. Mend that.</summary>
    public const string CannotBeInstalled = "CSG2707";

    /// <summary>The policy exempts the plugin. Update it by hand.</summary>
    public const string Exempt = "CSG2708";

    /// <summary>A version was put in place, did not become healthy, and the one before it was put back. Tell the plugin's author.</summary>
    public const string RolledBack = "CSG2709";

    /// <summary>What lies in the plugin folder is not what was registered from the package. Put it back or register it anew; until then it is left alone.</summary>
    public const string NotAsRegistered = "CSG2710";

    /// <summary>A version did not become healthy and the one before it cannot be put back. Install the wanted version by hand.</summary>
    public const string CannotRollBack = "CSG2711";

    /// <summary>The record of updates cannot be read. Mend it, or delete it: which versions were rolled back is forgotten then.</summary>
    public const string RecordDamaged = "CSG2712";

    /// <summary>A newer program wrote the record of updates, so nothing is updated and nothing of it is changed. Use that version of csg and of the host.</summary>
    public const string RecordNewer = "CSG2713";

    /// <summary>A plugin's files, or what is needed to look for its update, cannot be read or written. See to access rights and space; it is tried again.</summary>
    public const string CannotBeRead = "CSG2714";
}
