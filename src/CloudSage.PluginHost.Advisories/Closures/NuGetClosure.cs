namespace CloudSage.PluginHost.Advisories.Closures;

/// <summary>
/// NuGet packages, from the <c>.deps.json</c> of a .NET plugin, held against the files that are really there: what the file does not name, or names with
/// another version, is not told. Packages without a file in the plugin are the host's, and not the plugin's to mend.
/// </summary>
internal sealed class NuGetClosure : IClosureReader
{
    private const string Suffix = ".deps.json";

    public void Read(PluginFolder folder, PackageClosure closure)
    {
        if (!folder.EntryPoint.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)) return;
        var named = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { folder.EntryPoint };
        foreach (var file in folder.Files.Where(static f => f.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase))) Read(folder, file, named, closure);
        foreach (var file in folder.Files.Where(f => IsLibrary(f) && !named.Contains(f)))
            closure.AddUnresolved($"'{file}' is named by no .deps.json, so nothing says which package it is of.");
    }

    private static void Read(PluginFolder folder, string file, HashSet<string> named, PackageClosure closure)
    {
        if (folder.ReadWhole(file, closure) is not { } json) return;
        try
        {
            foreach (var library in DependencyLibraries.Read(json))
            {
                var present = library.Files.Where(asset => folder.Has(asset.Path)).ToList();
                named.UnionWith(present.Select(static asset => asset.Path));
                if (library.IsOwn || present.Count == 0) continue;
                if (library.Package is { } package) closure.Add(PackageEcosystem.NuGet, package, library.Version, file);
                foreach (var asset in present)
                {
                    if (library.Package is null) closure.AddUnresolved($"'{asset.Path}' is of {library.Name} {library.Version}, which '{file}' calls a '{library.Type}' and no package, so no advisory can be matched.");
                    else Compare(folder, file, library, asset, closure);
                }
            }
        }
        catch (InvalidDataException e)
        {
            // What it would have told is not known.
            closure.AddUnresolved($"'{file}' cannot be read: {e.Message}");
        }
    }

    /// <summary>A file that was exchanged by hand is not the one of the package that is named.</summary>
    private static void Compare(PluginFolder folder, string file, DependencyLibrary library, DependencyLibraryFile asset, PackageClosure closure)
    {
        if (asset.AssemblyVersion is not { } expected || folder.VersionsOf(asset.Path) is not { } real) return;
        if (real.Assembly != expected)
            closure.AddUnresolved($"'{asset.Path}' is of version {real.Assembly}, where '{file}' says {expected} ({library.Name} {library.Version}).");
        else if (asset.FileVersion is { } fileVersion && real.File is { } realFile && realFile != fileVersion)
            closure.AddUnresolved($"'{asset.Path}' has the file version {realFile}, where '{file}' says {fileVersion} ({library.Name} {library.Version}).");
    }

    /// <summary>Satellite assemblies hold texts, not code.</summary>
    private static bool IsLibrary(string file)
        => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && !file.EndsWith(".resources.dll", StringComparison.OrdinalIgnoreCase);
}
