using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Staging;

namespace CloudSage.PluginHost.Verification;

/// <summary>Tells the plugins whose libraries all lie beside the entry assembly, each under its own name: nothing needs to be read to resolve them.</summary>
internal static class FlatAssemblies
{
    /// <summary>
    /// The simple names of the assemblies beside the entry assembly, without its own; null where a library lies in a folder of its own, is made for
    /// one platform, or is no assembly by its name: then the deps.json and the platform's rules say which file is meant.
    /// </summary>
    public static IReadOnlyList<string>? Of(StagedPlugin staged, string entryFile)
    {
        if (!IsBesideOthers(entryFile)) return null;
        var names = new List<string>();
        foreach (var file in staged.Files)
        {
            if (!IsLibrary(file.RelativePath) || file.RelativePath == entryFile) continue;
            if (!IsBesideOthers(file.RelativePath)) return null;
            names.Add(Path.GetFileNameWithoutExtension(file.RelativePath));
        }

        // Two names that differ in case alone are two files here and one there.
        return names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Count ? names : null;
    }

    private static bool IsBesideOthers(string path) => !path.Contains('/', StringComparison.Ordinal) && path.EndsWith(".dll", StringComparison.Ordinal);

    private static bool IsLibrary(string path)
        => LibraryFormat.Of(path) is LibraryKind.PortableExecutable or LibraryKind.Elf || path.EndsWith(".dylib", StringComparison.OrdinalIgnoreCase);
}
