namespace CloudSage.PluginHost;

/// <summary>A snapshot of one plugin, for people and programs that ask. Holds nothing of the plugin itself.</summary>
public sealed record PluginStatus
{
    /// <summary>The plugin's name; for a candidate whose manifest cannot be read, the name of its file or folder.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public required PluginState State { get; init; }

    /// <summary>The version that serves, or that would serve; null while unknown.</summary>
    public string? Version { get; init; }

    /// <summary>The manifest's <c>type</c>; null while unknown.</summary>
    public string? Type { get; init; }

    /// <summary>The SHA-256 over its files, in lower-case hexadecimal digits; null while unknown.</summary>
    public string? Hash { get; init; }

    /// <summary>The file or folder it came from.</summary>
    public string? Source { get; init; }

    /// <summary>The extension points that it serves.</summary>
    public IReadOnlyList<string> ExtensionPoints { get; init; } = [];

    /// <summary>The permissions that it was granted.</summary>
    public IReadOnlyList<string> GrantedPermissions { get; init; } = [];

    /// <summary>What was found about it, errors first. For a plugin that serves an old version because the new one failed, why it failed.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The last failure inside it, in a call or in its background work.</summary>
    public PluginFault? LastFault { get; init; }

    /// <summary>How many calls failed inside it since it was activated.</summary>
    public long FaultCount { get; init; }

    /// <summary>How many calls it served since it was activated.</summary>
    public long CallCount { get; init; }

    /// <summary>How many calls are running in it now.</summary>
    public int CallsInFlight { get; init; }

    /// <summary>When it was activated, UTC; null when it is not.</summary>
    public DateTimeOffset? ActivatedAt { get; init; }

    /// <summary>How long its last activation took, stage by stage.</summary>
    public PluginTimings? Timings { get; init; }

    /// <summary>What became of the version that was last unloaded.</summary>
    public UnloadVerdict? LastUnload { get; init; }

    /// <summary>How many unloaded versions of it something keeps in memory; see <see cref="Lingering"/>.</summary>
    public int VersionsLeaked { get; init; }

    /// <summary>What was last found to hold an unloaded version of it; null where none is held any more, or where it was not looked for.</summary>
    public LeakReport? LastLeak { get; init; }

    /// <summary>Every unloaded version of it that is still in memory, oldest first, with the reason. The version that serves is none of them.</summary>
    public IReadOnlyList<LingeringVersion> Lingering { get; init; } = [];
}

/// <summary>A version that was unloaded and is still in memory.</summary>
/// <param name="Version">The version.</param>
/// <param name="State"><see cref="PluginState.Quarantined"/> while its code is known to run, otherwise <see cref="PluginState.Leaked"/>.</param>
/// <param name="StillRunning">What of it runs; empty for a leaked one.</param>
/// <param name="Since">When that was found, UTC.</param>
public sealed record LingeringVersion(string Version, PluginState State, IReadOnlyList<string> StillRunning, DateTimeOffset Since)
{
    /// <summary>One line: version, state and what runs.</summary>
    /// <returns>Text such as <c>1.0.0 (Quarantined: StopAsync still runs)</c>.</returns>
    public override string ToString()
        => StillRunning.Count == 0 ? $"{Version} ({State})" : $"{Version} ({State}: {string.Join(", ", StillRunning)} still runs)";
}

/// <summary>How long the stages of an activation took.</summary>
/// <param name="Staging">Copying and hashing.</param>
/// <param name="Verification">Reading and checking the manifest and the assemblies.</param>
/// <param name="Loading">Making the load context and loading the entry assembly.</param>
/// <param name="Activation">Making the container and the entry object, start and first health check.</param>
/// <param name="Total">From the moment the candidate was complete until it served.</param>
public sealed record PluginTimings(TimeSpan Staging, TimeSpan Verification, TimeSpan Loading, TimeSpan Activation, TimeSpan Total);
