namespace CloudSage.PluginHost.Advisories.Closures;

/// <summary>A plugin's files, as they are staged.</summary>
internal sealed class PluginFolder
{
    /// <summary>The length of the longest file that is read whole.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    private readonly HashSet<string> _names;
    private readonly Dictionary<string, AssemblyVersions?> _versions = new(StringComparer.Ordinal);

    private PluginFolder(string root, IReadOnlyList<string> files, string entryPoint)
    {
        (Root, Files, EntryPoint) = (root, files, entryPoint);
        _names = files.ToHashSet(StringComparer.Ordinal);
    }

    public string Root { get; }

    /// <summary>All of its files, relative and with forward slashes, in ordinal order.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The file that the plugin starts with, as its manifest names it.</summary>
    public string EntryPoint { get; }

    public static PluginFolder Open(string root, string entryPoint)
    {
        // A plugin of one file brings nothing but itself.
        if (File.Exists(root)) return new PluginFolder(root, [], entryPoint);
        var walk = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };
        var files = Directory.EnumerateFiles(root, "*", walk).Select(path => Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/'));
        return new PluginFolder(root, [.. files.Order(StringComparer.Ordinal)], entryPoint);
    }

    public bool Has(string file) => _names.Contains(file);

    public string PathOf(string file) => Path.Combine(Root, file.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The versions that an assembly says of itself, read once however often it is named; null where the file is no .NET assembly.</summary>
    public AssemblyVersions? VersionsOf(string file)
    {
        if (!_versions.TryGetValue(file, out var versions)) _versions[file] = versions = AssemblyVersions.Read(PathOf(file));
        return versions;
    }

    /// <summary>The whole text of a file; null, with a sentence in the closure, where it is too long.</summary>
    public byte[]? ReadWhole(string file, PackageClosure closure)
    {
        var length = new FileInfo(PathOf(file)).Length;
        if (length <= MaxBytes) return File.ReadAllBytes(PathOf(file));
        closure.AddUnresolved($"'{file}' is longer than {MaxBytes:N0} bytes and was not read.");
        return null;
    }
}
