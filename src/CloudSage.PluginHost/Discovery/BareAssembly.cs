namespace CloudSage.PluginHost.Discovery;

/// <summary>Which files belong to a plugin that is a single DLL.</summary>
internal static class BareAssembly
{
    public static bool IsAssembly(string fileName) => fileName.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);

    /// <summary>The names that the DLL's companions may have.</summary>
    public static IEnumerable<string> FileNames(string assemblyFileName)
    {
        var name = Path.GetFileNameWithoutExtension(assemblyFileName);
        return [assemblyFileName, .. ManifestNames(name), name + ".deps.json", name + ".pdb", name + ".runtimeconfig.json"];
    }

    public static IEnumerable<string> ManifestNames(string name) => [name + ".manifest.yaml", name + ".manifest.yml"];
}
