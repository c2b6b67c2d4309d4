namespace CloudSage.PluginHost.Discovery;

/// <summary>What is said about files in a plugin directory that are no candidates but look as if someone expected them to be.</summary>
internal static class LooseFiles
{
    public static IEnumerable<Finding> Judge(string directory, IReadOnlyList<FileSystemInfo> entries)
    {
        var names = entries.Select(static e => e.Name).ToHashSet(PathBoundary.Comparer);
        foreach (var entry in entries.Where(static e => e is FileInfo))
        {
            var location = new FindingLocation(Path.Combine(directory, entry.Name));
            if (entry.Extension.ToLowerInvariant() is ".tar" or ".tgz" or ".gz" or ".7z" or ".rar" or ".snupkg")
            {
                yield return new Finding(
                    DiscoveryCodes.PackageIgnored, FindingSeverity.Info, $"'{entry.Name}' is an archive of a kind that is not unpacked here.",
                    "Unpack it into a folder of its own, or pack it as a ZIP.", location);
            }
            else if (AssemblyOf(entry.Name) is { } assembly && !names.Contains(assembly))
            {
                yield return Finding.Warning(
                    DiscoveryCodes.ManifestWithoutAssembly, $"'{entry.Name}' is a manifest for '{assembly}', which is not there.",
                    "Add the DLL or remove the manifest.", location);
            }
        }
    }

    private static string? AssemblyOf(string manifest)
    {
        foreach (var ending in (string[])[".manifest.yaml", ".manifest.yml"])
        {
            if (manifest.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                return manifest[..^ending.Length] + ".dll";
        }

        return null;
    }
}
