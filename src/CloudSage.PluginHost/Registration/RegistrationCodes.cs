namespace CloudSage.PluginHost.Registration;

/// <summary>What is said of how a plugin gets in. Listed in docs/diagnostics.md.</summary>
internal static class RegistrationCodes
{
    /// <summary>The codes that an operator mends outside of the plugin: in the lock file, by a grant, or in the host's options.</summary>
    public static IReadOnlySet<string> OfOperator { get; } = new HashSet<string>(StringComparer.Ordinal) { LockDamaged, LockNewer, NotRegistered, Drift, Held, EnvironmentNotSupported };

    /// <summary>The lock file is there but cannot be read, so that nothing in its folder is let in. Mend it or take it from your version control.</summary>
    public const string LockDamaged = "CSG2401";

    /// <summary>The plugin folder has a lock file and the plugin is not in it, or another of its name is. Register it. A lenient host only warns.</summary>
    public const string NotRegistered = "CSG2402";

    /// <summary>The plugin's content is not what was registered. Register it anew, or put the registered content back. A lenient host only warns.</summary>
    public const string Drift = "CSG2403";

    /// <summary>New content asks for permissions that the plugin did not have and that are not granted. Grant them, and it is tried again.</summary>
    public const string Held = "CSG2404";

    /// <summary>The manifest says that the plugin does not support the environment of this host. Use it where it is supported. A lenient host only warns.</summary>
    public const string EnvironmentNotSupported = "CSG2405";

    /// <summary>A plugin of the lock file is not in the plugin folder. Put it back, or unregister it.</summary>
    public const string Missing = "CSG2406";

    /// <summary>A permission was named that the plugin does not ask for. Name one that it asks for.</summary>
    public const string NotAskedFor = "CSG2407";

    /// <summary>Another process registers or installs in the same plugin folder. Wait for it, then try again.</summary>
    public const string FolderBusy = "CSG2408";

    /// <summary>The plugin is registered as signed by somebody else. Unregister it first if the new signer is right: its grants go with it.</summary>
    public const string SignerChanged = "CSG2409";

    /// <summary>An entry of the plugin folder has the plugin's name and is something else. Move it away.</summary>
    public const string PlaceTaken = "CSG2410";

    /// <summary>Somebody else registered or unregistered the plugin while this was decided. Look at it again.</summary>
    public const string ChangedMeanwhile = "CSG2411";

    /// <summary>What was written down of a change that was cut off is damaged or speaks of other folders. Delete it; <c>csg plugins verify</c> says what differs.</summary>
    public const string ChangeNotKnown = "CSG2412";

    /// <summary>An entry of the plugin folder has a name by which a host does not look at it. Rename it.</summary>
    public const string NotLookedAt = "CSG2413";

    /// <summary>The plugin is registered as another package, whose name reads the same. Unregister it first if the other package is right: its grants go with it.</summary>
    public const string PackageChanged = "CSG2414";

    /// <summary>A newer program wrote the lock file, so nothing in its folder is let in and nothing of it is changed. Use that version of csg and of the host.</summary>
    public const string LockNewer = "CSG2415";

    /// <summary>No plugin of that name is registered. Name one of those that the message lists.</summary>
    public const string Unknown = "CSG2416";
}
