namespace CloudSage.PluginHost;

/// <summary>What a loaded version of a plugin holds in memory.</summary>
public sealed record PluginHoldings
{
    /// <summary>The plugin's name.</summary>
    public required string Plugin { get; init; }

    /// <summary>The version that was looked at.</summary>
    public required string Version { get; init; }

    /// <summary>When the process was looked at, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How long it took, most of it beside the running host.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The plugin's own assemblies, with its private libraries.</summary>
    public IReadOnlyList<string> Assemblies { get; init; } = [];

    /// <summary>The plugin's types of which there are instances, the largest first.</summary>
    public IReadOnlyList<HeldType> Types { get; init; } = [];

    /// <summary>How many instances of the plugin's types there are.</summary>
    public long Instances { get; init; }

    /// <summary>What the instances of the plugin's types take, in bytes, without what they refer to.</summary>
    public long InstanceBytes { get; init; }

    /// <summary>What can be reached from the plugin's static fields, in bytes, up to objects that are not the plugin's alone.</summary>
    public long StaticBytes { get; init; }

    /// <summary>Threads that run code of the plugin.</summary>
    public IReadOnlyList<string> Threads { get; init; } = [];

    /// <summary>Timers and delays that lead into the plugin.</summary>
    public IReadOnlyList<string> Timers { get; init; } = [];

    /// <summary>Handles to objects of the plugin.</summary>
    public IReadOnlyList<string> Handles { get; init; } = [];

    /// <summary>Why there is less here than there should be; null where it is whole.</summary>
    public string? Shortfall { get; init; }
}

/// <summary>The instances of one type.</summary>
/// <param name="Type">The type's name.</param>
/// <param name="Instances">How many there are.</param>
/// <param name="Bytes">What they take, in bytes, without what they refer to.</param>
public sealed record HeldType(string Type, long Instances, long Bytes);
