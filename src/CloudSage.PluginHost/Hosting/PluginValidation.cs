using System.Text.Encodings.Web;
using System.Text.Json;
using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Manifests.Publishing;
using CloudSage.PluginHost.Manifests.Reading;
using CloudSage.PluginHost.Staging;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.PluginHost.Hosting;

/// <summary>Checks a plugin as the host would before it loads it. No code of the plugin runs.</summary>
public static class PluginValidation
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Checks a manifest alone, or a plugin whole: its files, its manifest and its assemblies.</summary>
    /// <param name="path">A manifest (<c>.yaml</c> or <c>.yml</c>), a plugin's folder, a plugin of one DLL, or one that is packed (<c>.zip</c>, <c>.nupkg</c>).</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Everything that was found; the plugin is fit to load where none of it is an error.</returns>
    /// <exception cref="FileNotFoundException">There is nothing at the path.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static Task<IReadOnlyList<Finding>> ValidateAsync(string path, CancellationToken cancellationToken) => ValidateAsync(path, null, cancellationToken);

    /// <summary>Checks a manifest alone, or a plugin whole, as a host with services of its own would.</summary>
    /// <param name="path">As above.</param>
    /// <param name="services">Adds what the host has, such as what unpacks packages; null for nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Everything that was found; the plugin is fit to load where none of it is an error.</returns>
    /// <exception cref="FileNotFoundException">There is nothing at the path.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static async Task<IReadOnlyList<Finding>> ValidateAsync(string path, Action<IServiceCollection>? services, CancellationToken cancellationToken)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (!Path.Exists(full)) throw new FileNotFoundException($"There is neither a file nor a folder '{full}'.", full);

        var store = Directory.CreateTempSubdirectory("plugin-validation-");
        try
        {
            await using var rooms = Rooms(store.FullName, full, services);
            return IsManifest(full)
                ? rooms.GetRequiredService<ManifestReader>().Read(await File.ReadAllBytesAsync(full, cancellationToken).ConfigureAwait(false), Path.GetFileName(full)).Findings
                : await CheckPluginAsync(rooms, full, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Files of a store are read-only on Windows. What cannot be deleted at all is left to the system's own cleaning: what was found is what counts.
            StoreFolder.TryDelete(store.FullName);
        }
    }

    /// <summary>Reads the name of a plugin from its manifest. No code of the plugin runs.</summary>
    /// <param name="path">A plugin's folder, or a plugin of one DLL. Archives have to be unpacked first, which only <see cref="ValidateAsync(string, CancellationToken)"/> does.</param>
    /// <param name="configure">The host's options, where it shares permissions or extension points of its own with its plugins.</param>
    /// <returns>The name; null where the manifest is missing or refused, and <see cref="ValidateAsync(string, CancellationToken)"/> says why.</returns>
    public static string? NameOf(string path, Action<PluginHostOptions>? configure = null) => ManifestOf(path, configure)?.Name;

    /// <summary>Reads a plugin's manifest. No code of the plugin runs.</summary>
    /// <param name="path">A plugin's folder, or a plugin of one DLL. Archives have to be unpacked first, which only <see cref="ValidateAsync(string, CancellationToken)"/> does.</param>
    /// <param name="configure">The host's options, where it shares permissions or extension points of its own with its plugins.</param>
    /// <returns>The manifest; null where it is missing or refused, and <see cref="ValidateAsync(string, CancellationToken)"/> says why.</returns>
    public static PluginManifest? ManifestOf(string path, Action<PluginHostOptions>? configure = null)
    {
        var content = Directory.Exists(path) ? ManifestFile.OfFolder(path) : ManifestFile.OfAssembly(path);
        if (content.Value is not { } manifest) return null;
        using var rooms = new ServiceCollection().AddPluginHost(configure ?? (static _ => { })).BuildServiceProvider();
        return rooms.GetRequiredService<ManifestReader>().Read(manifest.Bytes, manifest.File).Value;
    }

    /// <summary>Whether a host looks at an entry of its plugin folder as at a plugin: a folder, a DLL or an archive that is not hidden. Whether it is one, its manifest says.</summary>
    /// <param name="path">The entry.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsLookedAt(string path)
        => Path.GetFileName(path) is { Length: > 0 } name && !IgnoredNames.InDirectory(name) && (Directory.Exists(path) || BareAssembly.IsAssembly(name) || ArchiveName.IsArchive(name));

    /// <summary>
    /// The format of manifests as a JSON Schema (2020-12) for editors. What it refuses the host refuses too; what holds between keys only the host checks.
    /// </summary>
    /// <param name="configure">The host's options, where it shares permissions or extension points of its own with its plugins.</param>
    /// <returns>The schema, as indented JSON.</returns>
    public static string ManifestSchema(Action<PluginHostOptions>? configure = null)
    {
        using var rooms = new ServiceCollection().AddPluginHost(configure ?? (static _ => { })).BuildServiceProvider();
        return new ManifestJsonSchema(rooms.GetRequiredService<ManifestReader>().Known).Create().ToJsonString(Indented);
    }

    private static async Task<IReadOnlyList<Finding>> CheckPluginAsync(IServiceProvider rooms, string path, CancellationToken cancellationToken)
    {
        var candidate = rooms.GetRequiredService<FolderScanner>().Look(path, cancellationToken)
            ?? throw new IOException($"'{path}' cannot be read.");

        if (candidate.Findings.Any(static f => f.Severity == FindingSeverity.Error)) return candidate.Findings;
        List<Finding> findings = [.. candidate.Findings, .. rooms.GetRequiredService<CompletenessCheck>().Check(candidate, cancellationToken)];
        if (findings.Any(static f => f.Severity == FindingSeverity.Error)) return findings;
        var prepared = await rooms.GetRequiredService<PluginPreparation>().PrepareAsync(candidate, new PreparationContext(), cancellationToken).ConfigureAwait(false);
        return [.. findings.Concat(prepared.Findings).Concat(prepared.Plugin?.Descriptor.Warnings ?? []).Distinct()];
    }

    private static bool IsManifest(string path)
        => File.Exists(path) && Path.GetExtension(path).ToUpperInvariant() is ".YAML" or ".YML";

    private static ServiceProvider Rooms(string store, string path, Action<IServiceCollection>? configure)
    {
        var services = new ServiceCollection();
        configure?.Invoke(services);
        return services.AddPluginHost(options =>
        {
            options.Staging.StoreDirectory = store;
            // What is registered in a plugin folder says nothing of a plugin that lies elsewhere.
            if (!options.Discovery.AbsoluteDirectories.Contains(Path.GetDirectoryName(path), PathBoundary.Comparer)) options.Discovery.Directories.Add(store);
        }).BuildServiceProvider();
    }
}
