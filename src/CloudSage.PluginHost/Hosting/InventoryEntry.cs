using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Registration;

namespace CloudSage.PluginHost.Hosting;

/// <summary>One plugin of a <see cref="PluginInventory"/>. Whether a host runs it right now, only that host can tell.</summary>
public sealed record InventoryEntry
{
    /// <summary>The name in its manifest; where that cannot be read, the name of its file or folder.</summary>
    public required string Name { get; init; }

    /// <summary>The version in its manifest; of a plugin that is missing, the registered one. Null while unknown.</summary>
    public string? Version { get; init; }

    /// <summary>The manifest's <c>type</c>; null while unknown.</summary>
    public string? Type { get; init; }

    /// <summary>The SHA-256 over the names and contents of its files, in lower-case hexadecimal digits; null where they could not be read.</summary>
    public string? Hash { get; init; }

    /// <summary>Its file or folder; null where it is missing.</summary>
    public string? Source { get; init; }

    /// <summary>
    /// The file or folder of the same name that a host of this environment uses instead of this one, as far as files tell; null where it uses this one, or none of
    /// the name.
    /// </summary>
    public string? ShadowedBy { get; init; }

    /// <summary>How it stands to the lock file.</summary>
    public required LockStanding Standing { get; init; }

    /// <summary>Its line in the lock file, with origin, signer and grants; null where it has none, or the line speaks of another file or folder of the name.</summary>
    public LockedPlugin? Locked { get; init; }

    /// <summary>What its manifest asks for, with the reasons.</summary>
    public IReadOnlyList<ManifestPermission> Permissions { get; init; } = [];

    /// <summary>What it asks for and the lock file does not grant. A host's configuration may grant more.</summary>
    public IReadOnlyList<string> NotGranted { get; init; } = [];

    /// <summary>The plugins that it needs, by name.</summary>
    public IReadOnlyList<string> Dependencies { get; init; } = [];

    /// <summary>Whether the operator disabled it.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>Why it is under quarantine; null where it is not.</summary>
    public PluginQuarantine? Quarantine { get; init; }

    /// <summary>What was found: differences from the lock file, and what would keep a host from loading it.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}

/// <summary>Why a plugin is kept out of use until the operator lifts that.</summary>
/// <param name="Version">The version that did it.</param>
/// <param name="Reason">What it did.</param>
/// <param name="At">When, UTC.</param>
public sealed record PluginQuarantine(string Version, string Reason, DateTimeOffset At);

/// <summary>How a plugin stands to the lock file of its folder.</summary>
public enum LockStanding
{
    /// <summary>The folder has no lock file: what is fit to load is loaded.</summary>
    NoLock,

    /// <summary>It is registered, and is what was registered.</summary>
    Registered,

    /// <summary>It is not registered.</summary>
    NotRegistered,

    /// <summary>It is registered, and its content is another.</summary>
    Drifted,

    /// <summary>It is registered, and not in the folder.</summary>
    Missing,

    /// <summary>The lock file or the plugin cannot be read.</summary>
    Unknown,
}
