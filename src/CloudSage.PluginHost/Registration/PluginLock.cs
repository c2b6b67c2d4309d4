using System.Text.Json.Serialization;

namespace CloudSage.PluginHost.Registration;

/// <summary>
/// The lock file of a plugin folder, <c>plugins.lock</c>: which content of which plugin was registered, and what it was granted. Holds no times and sorts its
/// names, so that it can be kept under version control. Format: docs/registration.md.
/// </summary>
public sealed record PluginLock
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "plugins.lock";

    /// <summary>The version of the format.</summary>
    public int LockVersion { get; init; } = 1;

    /// <summary>The plugins, by name.</summary>
    public IReadOnlyDictionary<string, LockedPlugin> Plugins { get; init; } = new Dictionary<string, LockedPlugin>();

    internal PluginLock With(string plugin, LockedPlugin? locked)
    {
        var all = Plugins.Where(p => p.Key != plugin);
        if (locked is not null) all = all.Append(KeyValuePair.Create(plugin, locked));
        return this with { Plugins = all.OrderBy(static p => p.Key, StringComparer.Ordinal).ToDictionary() };
    }
}

/// <summary>A plugin as it was registered.</summary>
public sealed record LockedPlugin
{
    /// <summary>The version in its manifest.</summary>
    public required string Version { get; init; }

    /// <summary>The SHA-256 over the names and contents of its files, in lower-case hexadecimal digits; the same for a folder and an archive of it.</summary>
    public required string Hash { get; init; }

    /// <summary>Where it came from, such as <c>nuget:Contoso.Optimizer/1.2.0</c>; null for a file or folder.</summary>
    public string? Origin { get; init; }

    /// <summary>
    /// The address of the source that it was fetched from, without user name and password, or its folder; null where it came from none. Updates look there.
    /// </summary>
    public string? Source { get; init; }

    /// <summary>The versions that updates may take: a range as NuGet writes them, or one version, which pins it; null for any.</summary>
    public string? Range { get; init; }

    /// <summary>Who signed it: the SHA-256 of the signer's certificate, in lower-case hexadecimal digits; null where it is not signed.</summary>
    public string? Signer { get; init; }

    /// <summary>The permissions that its manifest asks for.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    /// <summary>The permissions that the operator granted.</summary>
    public IReadOnlyList<string> Grants { get; init; } = [];

    /// <summary>Whether it holds all that it must, as a file that somebody wrote by hand may not.</summary>
    internal bool IsWhole => this is { Version: not null, Hash: not null, Permissions: not null, Grants: not null };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true, NewLine = "\n",
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(PluginLock))]
internal sealed partial class PluginLockJsonContext : JsonSerializerContext;
