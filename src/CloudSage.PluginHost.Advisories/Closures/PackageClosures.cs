namespace CloudSage.PluginHost.Advisories.Closures;

/// <summary>All packages of a plugin, whatever their ecosystem.</summary>
internal static class PackageClosures
{
    private static readonly IReadOnlyList<IClosureReader> Readers = [new NuGetClosure(), new NpmClosure(), new PythonClosure(), new GoClosure()];

    /// <exception cref="IOException">A file cannot be read.</exception>
    public static PackageClosure Read(string directory, string entryPoint)
    {
        var folder = PluginFolder.Open(directory, entryPoint);
        var closure = new PackageClosure();
        foreach (var reader in Readers) reader.Read(folder, closure);
        return closure;
    }
}
