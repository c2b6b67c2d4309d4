using CloudSage.Plugins;

namespace CloudSage.PluginHost.Manifests;

/// <summary>A manifest as its author wrote it: read and valid, nothing resolved. Keys and their meaning: docs/manifest.md.</summary>
public sealed record PluginManifest
{
    /// <summary><c>api_version</c>: the manifest schema.</summary>
    public string ApiVersion { get; init; } = "cloudsage/v1";

    /// <summary><c>name</c>: lower-case letters, digits and hyphens, at most 64.</summary>
    public required string Name { get; init; }

    /// <summary><c>version</c>: SemVer 2.0.</summary>
    public required string Version { get; init; }

    /// <summary><c>type</c>.</summary>
    public required PluginType Type { get; init; }

    /// <summary><c>entry_point</c>: the entry file, relative to the plugin's folder, with forward slashes. Never absolute, never outside.</summary>
    public required string EntryPoint { get; init; }

    /// <summary><c>entry_type</c>: the full name of the .NET entry type, where the assembly holds several.</summary>
    public string? EntryType { get; init; }

    /// <summary>
    /// <c>runtime.language</c>: as written, or inferred from the entry point: <c>dotnet</c>, <c>python</c>, <c>node</c> or <c>executable</c>.
    /// </summary>
    public required string Language { get; init; }

    /// <summary><c>runtime</c>, where written.</summary>
    public ManifestRuntime? Runtime { get; init; }

    /// <summary><c>cloud</c>.</summary>
    public string? Cloud { get; init; }

    /// <summary><c>target</c>: the cloud that an adapter reads.</summary>
    public string? Target { get; init; }

    /// <summary><c>resource_types</c>.</summary>
    public IReadOnlyList<string> ResourceTypes { get; init; } = [];

    /// <summary><c>channels</c> of a notifier.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary><c>system</c> of an integration.</summary>
    public string? System { get; init; }

    /// <summary><c>display_name</c>.</summary>
    public string? DisplayName { get; init; }

    /// <summary><c>description</c>.</summary>
    public string? Description { get; init; }

    /// <summary><c>publisher</c>.</summary>
    public string? Publisher { get; init; }

    /// <summary><c>license</c>.</summary>
    public string? License { get; init; }

    /// <summary><c>homepage</c>.</summary>
    public string? Homepage { get; init; }

    /// <summary><c>keywords</c>.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary><c>engine</c>: the range of host versions, such as <c>&gt;=1.0 &lt;2</c>; null means any.</summary>
    public string? Engine { get; init; }

    /// <summary><c>platforms</c>.</summary>
    public IReadOnlyList<ManifestPlatform> Platforms { get; init; } = [];

    /// <summary><c>dependencies</c>: other plugins.</summary>
    public IReadOnlyList<ManifestDependency> Dependencies { get; init; } = [];

    /// <summary><c>extension_points</c>; empty means whatever the code implements.</summary>
    public IReadOnlyList<ManifestExtensionPoint> ExtensionPoints { get; init; } = [];

    /// <summary><c>commands</c>.</summary>
    public IReadOnlyList<ManifestCommand> Commands { get; init; } = [];

    /// <summary><c>activation</c>: true for <c>lazy</c>.</summary>
    public bool LazyActivation { get; init; }

    /// <summary><c>triggers</c>.</summary>
    public IReadOnlyList<ManifestTrigger> Triggers { get; init; } = [];

    /// <summary><c>permissions</c>, and those that <c>network.allowed_hosts</c> and <c>filesystem</c> ask for.</summary>
    public IReadOnlyList<ManifestPermission> Permissions { get; init; } = [];

    /// <summary><c>network.allowed_hosts</c>.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary><c>filesystem</c>: paths, each with its access.</summary>
    public IReadOnlyList<ManifestFileAccess> FileSystem { get; init; } = [];

    /// <summary><c>environments</c>, by name.</summary>
    public IReadOnlyDictionary<string, ManifestEnvironment> Environments { get; init; } = new Dictionary<string, ManifestEnvironment>();

    /// <summary><c>configuration</c>: the settings that the plugin knows, by key in snake_case.</summary>
    public IReadOnlyDictionary<string, ManifestSetting> Configuration { get; init; } = new Dictionary<string, ManifestSetting>();

    /// <summary><c>limits</c>.</summary>
    public ManifestLimits Limits { get; init; } = new();

    /// <summary><c>isolation</c>: <c>none</c>, <c>process</c>, <c>sandbox</c> or <c>container</c>.</summary>
    public string Isolation { get; init; } = "none";

    /// <summary><c>health.interval</c>.</summary>
    public TimeSpan? HealthInterval { get; init; }

    /// <summary><c>restart</c>.</summary>
    public ManifestRestart? Restart { get; init; }

    /// <summary><c>update</c>.</summary>
    public ManifestUpdate? Update { get; init; }

    /// <summary>Where the keys stand, by path such as <c>permissions[0]</c>.</summary>
    internal IReadOnlyDictionary<string, FindingLocation> Locations { get; init; } = new Dictionary<string, FindingLocation>();

    /// <summary>Where a key stands; the manifest's start where it was not written.</summary>
    internal FindingLocation Locate(string path)
        => Locations.TryGetValue(path, out var found) ? found
            : Locations.TryGetValue(string.Empty, out var start) ? start
            : new FindingLocation("manifest.yaml");
}

/// <summary><c>runtime</c>.</summary>
public sealed record ManifestRuntime(string Language, string? Version = null, string? Command = null)
{
    /// <summary><c>args</c>.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary><c>framing</c>: <c>content-length</c> or <c>lines</c>.</summary>
    public string? Framing { get; init; }
}

/// <summary>One of <c>platforms</c>.</summary>
public sealed record ManifestPlatform(string Os, string? Arch = null, string? EntryPoint = null, string? Hash = null);

/// <summary>One of <c>dependencies</c>: a plugin, and the range of its versions (NuGet or npm style), null for any.</summary>
public sealed record ManifestDependency(string Name, string? Version = null, bool Optional = false);

/// <summary>One of <c>extension_points</c>: higher priorities are called earlier.</summary>
public sealed record ManifestExtensionPoint(string Point, int Priority = 0);

/// <summary>One of <c>commands</c>.</summary>
public sealed record ManifestCommand(string Name, bool Idempotent = false, TimeSpan? Timeout = null)
{
    /// <summary><c>input_schema</c> as JSON text.</summary>
    public string? InputSchema { get; init; }

    /// <summary><c>output_schema</c> as JSON text.</summary>
    public string? OutputSchema { get; init; }
}

/// <summary>One of <c>triggers</c>. Exactly one of schedule, event, alert, api and manual is set.</summary>
public sealed record ManifestTrigger
{
    /// <summary><c>schedule</c>: a cron expression of five fields, or six with seconds first.</summary>
    public string? Schedule { get; init; }

    /// <summary><c>timezone</c>: an IANA name; UTC where absent.</summary>
    public string? TimeZone { get; init; }

    /// <summary><c>event</c>: the event's name.</summary>
    public string? Event { get; init; }

    /// <summary><c>alert</c>: the alert's type, or <c>*</c>.</summary>
    public string? Alert { get; init; }

    /// <summary><c>filter</c>: attributes of the event that must be equal.</summary>
    public IReadOnlyDictionary<string, string> Filter { get; init; } = new Dictionary<string, string>();

    /// <summary><c>api</c>: may be run by a program.</summary>
    public bool Api { get; init; }

    /// <summary><c>manual</c>: may be run by hand.</summary>
    public bool Manual { get; init; }

    /// <summary><c>command</c>: what to execute; <c>run</c> where absent.</summary>
    public string? Command { get; init; }
}

/// <summary>One of <c>permissions</c>; the reason of one that another key asks for names the key.</summary>
public sealed record ManifestPermission(string Name, string? Reason = null);

/// <summary>One of <c>filesystem</c>: <c>read</c> or <c>write</c> below a path.</summary>
public sealed record ManifestFileAccess(string Path, string Access = "read");

/// <summary>One of <c>environments</c>.</summary>
public sealed record ManifestEnvironment(bool Supported, string? Reason = null);

/// <summary>One setting of <c>configuration</c>.</summary>
public sealed record ManifestSetting
{
    /// <summary>JSON Schema <c>type</c>: <c>string</c>, <c>number</c>, <c>integer</c> or <c>boolean</c>.</summary>
    public string Type { get; init; } = "string";

    /// <summary>The default, as text; null for none.</summary>
    public string? Default { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>Whether its value is kept out of logs and reports.</summary>
    public bool Secret { get; init; }

    /// <summary>Whether it must have a value.</summary>
    public bool Required { get; init; }

    /// <summary>The allowed values; empty for any.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>The smallest allowed number.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>The greatest allowed number.</summary>
    public decimal? Maximum { get; init; }
}

/// <summary><c>limits</c>. Null means the host's default.</summary>
public sealed record ManifestLimits
{
    /// <summary><c>memory_mb</c>.</summary>
    public int? MemoryMegabytes { get; init; }

    /// <summary><c>cpu</c>: how many cores.</summary>
    public decimal? Cpu { get; init; }

    /// <summary><c>pids</c>.</summary>
    public int? Pids { get; init; }

    /// <summary><c>timeout</c> of a call.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary><c>max_message_mb</c>.</summary>
    public int? MaxMessageMegabytes { get; init; }

    /// <summary><c>max_concurrency</c>.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary><c>shutdown</c>: how long the stop may take.</summary>
    public TimeSpan? Shutdown { get; init; }
}

/// <summary><c>restart</c>: at most so many restarts in a window, each after a growing pause.</summary>
public sealed record ManifestRestart(int Max, TimeSpan Window, TimeSpan Backoff);

/// <summary><c>update</c>.</summary>
public sealed record ManifestUpdate(string? Channel = null, string Auto = "none", TimeSpan? Cooldown = null);
