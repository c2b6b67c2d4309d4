using System.Text.Json.Serialization;
using CloudSage.PluginHost.Registration;

namespace CloudSage.PluginHost.Updates.Applying;

/// <summary>What must be remembered of updates over a restart: <c>security-updates.json</c> in the state directory.</summary>
internal sealed record UpdateRecords
{
    public int Version { get; init; } = 1;

    /// <summary>Updates that have begun and are neither confirmed nor rolled back, by plugin.</summary>
    public IReadOnlyDictionary<string, UpdateRecord> Pending { get; init; } = new Dictionary<string, UpdateRecord>();

    /// <summary>Versions that did not become healthy.</summary>
    public IReadOnlyList<RolledBackUpdate> RolledBack { get; init; } = [];

    /// <summary>When versions of packages were first seen.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> FirstSeen { get; init; } = new Dictionary<string, DateTimeOffset>();

    public UpdateRecords With(string plugin, UpdateRecord? record)
    {
        var all = Pending.Where(p => p.Key != plugin);
        if (record is not null) all = all.Append(KeyValuePair.Create(plugin, record));
        return this with { Pending = all.OrderBy(static p => p.Key, StringComparer.Ordinal).ToDictionary() };
    }
}

/// <summary>An update that has begun.</summary>
/// <param name="Directory">The plugin folder.</param>
/// <param name="From">How the plugin was registered.</param>
/// <param name="To">How it is registered with the new version.</param>
/// <param name="Kept">Where the old version's folder is kept.</param>
/// <param name="Served">Whether the old version served.</param>
/// <param name="At">When it began, UTC.</param>
internal sealed record UpdateRecord(string Directory, LockedPlugin From, LockedPlugin To, string Kept, bool Served, DateTimeOffset At)
{
    /// <summary>How often a process was on trial with it and has not said yet how that ended: more than the one that runs now have died.</summary>
    public int Trials { get; init; }

    /// <summary>Why it is being rolled back; null while it is not.</summary>
    public string? Trouble { get; init; }
}

/// <summary>A version that did not become healthy.</summary>
/// <param name="Plugin">The plugin.</param>
/// <param name="Version">The version.</param>
/// <param name="PutBack">The hash of the content that was put back.</param>
/// <param name="Served">Whether that content served before.</param>
/// <param name="Trouble">What was wrong.</param>
/// <param name="At">When it was rolled back, UTC.</param>
internal sealed record RolledBackUpdate(string Plugin, string Version, string PutBack, bool Served, string Trouble, DateTimeOffset At);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(UpdateRecords))]
internal sealed partial class UpdateJsonContext : JsonSerializerContext;
