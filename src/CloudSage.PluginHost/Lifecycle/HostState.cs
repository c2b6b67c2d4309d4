using System.Text.Json.Serialization;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>What the operator decided and what must be remembered over a restart. Immutable; kept apart from manifests.</summary>
internal sealed record HostState
{
    public int Version { get; init; } = 1;

    /// <summary>Names of the plugins that the operator disabled.</summary>
    public IReadOnlyList<string> Disabled { get; init; } = [];

    /// <summary>Plugins under quarantine, by name.</summary>
    public IReadOnlyDictionary<string, Quarantine> Quarantined { get; init; } = new Dictionary<string, Quarantine>();

    /// <summary>When the operator last asked for another try, by name.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Retried { get; init; } = new Dictionary<string, DateTimeOffset>();

    public bool IsDisabled(string plugin) => Disabled.Contains(plugin, StringComparer.Ordinal);

    public HostState WithDisabled(string plugin, bool disabled) => this with
    {
        Disabled = [.. Disabled.Where(n => n != plugin).Concat(disabled ? [plugin] : []).Order(StringComparer.Ordinal)],
    };

    /// <summary>Lifts a quarantine and asks for another try.</summary>
    public HostState WithRetry(string plugin, DateTimeOffset at) => WithQuarantine(plugin, null) with
    {
        Retried = Retried.Where(r => r.Key != plugin).Append(KeyValuePair.Create(plugin, at)).OrderBy(static r => r.Key, StringComparer.Ordinal).ToDictionary(),
    };

    public HostState WithQuarantine(string plugin, Quarantine? quarantine)
    {
        var all = Quarantined.Where(q => q.Key != plugin);
        if (quarantine is not null) all = all.Append(KeyValuePair.Create(plugin, quarantine));
        return this with { Quarantined = all.OrderBy(static q => q.Key, StringComparer.Ordinal).ToDictionary() };
    }
}

/// <summary>Why a plugin is under quarantine.</summary>
internal sealed record Quarantine(string Version, string Hash, string Reason, DateTimeOffset At);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(HostState))]
[JsonSerializable(typeof(ActivationMark))]
internal sealed partial class LifecycleJsonContext : JsonSerializerContext;
