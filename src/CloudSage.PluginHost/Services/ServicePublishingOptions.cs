namespace CloudSage.PluginHost.Services;

/// <summary>How a host makes known what it serves. Registries that are registered as <see cref="IServiceRegistry"/> hear of it in any case.</summary>
public sealed class ServicePublishingOptions
{
    /// <summary>Which registry of the engine's own is used. Default: <see cref="ServiceRegistryKind.Memory"/>.</summary>
    public ServiceRegistryKind Registry { get; set; } = ServiceRegistryKind.Memory;

    /// <summary>The file of <see cref="ServiceRegistryKind.File"/>; of one host alone. Default: <c>services.json</c> in the state directory.</summary>
    public string File { get; set; } = string.Empty;

    /// <summary>How long what was made known counts without being said again, which is done at a third of it; at least 1 s. Default: 30 s.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a registry may take for one call. Default: 10 s.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(10);
}

/// <summary>The engine's own registries.</summary>
public enum ServiceRegistryKind
{
    /// <summary>None.</summary>
    None,

    /// <summary>What the host serves is in <see cref="MemoryServiceRegistry"/>, for this process.</summary>
    Memory,

    /// <summary>It is in a file besides, for others on the machine.</summary>
    File,
}
