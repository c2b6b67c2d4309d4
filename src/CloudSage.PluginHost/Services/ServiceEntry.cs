namespace CloudSage.PluginHost.Services;

/// <summary>What one plugin serves: the one version that takes calls now.</summary>
public sealed record ServiceEntry
{
    /// <summary>The plugin's name.</summary>
    public required string Name { get; init; }

    /// <summary>The version that serves.</summary>
    public required string Version { get; init; }

    /// <summary>The manifest's <c>type</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The SHA-256 over its files, in lower-case hexadecimal digits.</summary>
    public required string Hash { get; init; }

    /// <summary>The extension points that it serves.</summary>
    public IReadOnlyList<string> ExtensionPoints { get; init; } = [];

    /// <summary>The commands that its manifest names.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];

    /// <summary>
    /// Where it is called. <c>inproc://NAME/EXTENSION-POINT</c> is in the host's process, through <see cref="Brokering.IExtensionBroker"/>.
    /// </summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    /// <summary>How it is.</summary>
    public required ServiceHealth Health { get; init; }
}

/// <summary>How a plugin is that serves.</summary>
/// <param name="State">In a word.</param>
/// <param name="Since">Since when that version is so, UTC.</param>
/// <param name="Findings">The codes of what was found about it.</param>
/// <param name="Reason">One line about it; null where nothing is to be said.</param>
public sealed record ServiceHealth(ServiceHealthState State, DateTimeOffset Since, IReadOnlyList<string> Findings, string? Reason = null);

/// <summary>How a plugin is, in a word.</summary>
public enum ServiceHealthState
{
    /// <summary>It serves, and nothing is known against it.</summary>
    Healthy,

    /// <summary>It serves, and something should be looked at.</summary>
    Degraded,

    /// <summary>It fails so often that its calls are refused for a while.</summary>
    Unhealthy,
}
