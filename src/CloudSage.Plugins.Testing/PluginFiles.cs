namespace CloudSage.Plugins.Testing;

/// <summary>
/// A built plugin, as its author names it: a folder, the DLL in a folder that has a manifest, or a plugin of one DLL. It is copied as it is,
/// links included, so that the host judges the same files that an operator's would.
/// </summary>
internal sealed class PluginFiles
{
    private static readonly string[] Manifests = ["manifest.yaml", "manifest.yml"];

    public PluginFiles(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (!Path.Exists(full)) throw new FileNotFoundException($"There is neither a folder nor a file '{full}'. Is the plugin built?", full);
        var folder = Path.GetDirectoryName(full)!;
        Location = File.Exists(full) && Manifests.Any(m => File.Exists(Path.Combine(folder, m))) ? folder : full;
    }

    /// <summary>The folder, or the DLL of a plugin that is a single one.</summary>
    public string Location { get; }

    /// <summary>The name that its folder or file has in the plugin folder.</summary>
    public string EntryName => Path.GetFileName(Location);

    /// <summary>Copies it, and returns the names of what it put there.</summary>
    public IReadOnlyList<string> CopyTo(string target)
    {
        if (Directory.Exists(Location))
        {
            CopyFolder(new DirectoryInfo(Location), Path.Combine(target, EntryName));
            return [EntryName];
        }

        // The companions of a single DLL have its name: manifest, deps.json, symbols.
        var name = Path.GetFileNameWithoutExtension(Location);
        var files = new DirectoryInfo(Path.GetDirectoryName(Location)!).EnumerateFiles($"{name}.*").ToList();
        foreach (var file in files) Copy(file, Path.Combine(target, file.Name));
        return [.. files.Select(static f => f.Name)];
    }

    private static void CopyFolder(DirectoryInfo folder, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var entry in folder.EnumerateFileSystemInfos()) Copy(entry, Path.Combine(target, entry.Name));
    }

    private static void Copy(FileSystemInfo entry, string target)
    {
        if (entry.LinkTarget is { } link)
        {
            if (entry is DirectoryInfo) Directory.CreateSymbolicLink(target, link);
            else File.CreateSymbolicLink(target, link);
        }
        else if (entry is DirectoryInfo folder) CopyFolder(folder, target);
        else ((FileInfo)entry).CopyTo(target);
    }
}
