using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Staging;
using CloudSage.PluginHost.Verification.Metadata;

namespace CloudSage.PluginHost.Verification;

/// <summary>A staged plugin under examination. Files are opened when a rule first asks, and each is read once.</summary>
internal sealed class VerificationSubject
{
    private readonly StagedPlugin _staged;
    private readonly Dictionary<string, AssemblyImage> _images = new(StringComparer.Ordinal);
    private readonly Lazy<ILookup<string, StagedFile>> _assembliesByName;
    private readonly Lazy<IReadOnlyList<AssemblyImage>> _closure;
    private readonly Lazy<IReadOnlyList<TypeFacts>> _types;

    public VerificationSubject(PluginManifest manifest, StagedPlugin staged, HostProfile host)
    {
        Manifest = manifest;
        Host = host;
        _staged = staged;
        EntryFile = staged.Files.FirstOrDefault(f => f.RelativePath.Equals(manifest.EntryPoint, PathBoundary.Comparison));
        _assembliesByName = new(() => staged.Files.Where(static f => IsCode(f.RelativePath))
            .ToLookup(static f => Path.GetFileNameWithoutExtension(f.RelativePath), StringComparer.OrdinalIgnoreCase));
        _closure = new(FindClosure);
        _types = new(() => TypeReader.Read(FullPath(EntryFile!), host.Serves));
    }

    public PluginManifest Manifest { get; }

    public HostProfile Host { get; }

    /// <summary>The entry file; null where the manifest names one that is not there.</summary>
    public StagedFile? EntryFile { get; }

    /// <summary>The entry assembly. Only for rules after the one that makes sure of it.</summary>
    public AssemblyImage Entry => Image(EntryFile!);

    /// <summary>The entry assembly's facts. Only for rules after the one that makes sure of them.</summary>
    public AssemblyFacts EntryFacts => Entry.Facts!;

    /// <summary>The entry assembly, first, and all that it reaches among the plugin's own files.</summary>
    public IReadOnlyList<AssemblyImage> Closure => _closure.Value;

    /// <summary>The types of the entry assembly.</summary>
    public IReadOnlyList<TypeFacts> EntryTypes => _types.Value;

    public string FullPath(StagedFile file) => Path.Combine(_staged.Directory, file.RelativePath.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The plugin's own files for an assembly name: several where it brings one for each platform.</summary>
    public IEnumerable<AssemblyImage> OwnAssemblies(string name) => _assembliesByName.Value[name].Select(Image);

    private AssemblyImage Image(StagedFile file)
    {
        if (!_images.TryGetValue(file.RelativePath, out var image))
            _images[file.RelativePath] = image = AssemblyImageReader.Read(FullPath(file), file.RelativePath);
        return image;
    }

    private List<AssemblyImage> FindClosure()
    {
        var found = new List<AssemblyImage> { Entry };
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { EntryFacts.Name };
        for (var i = 0; i < found.Count; i++)
        {
            foreach (var reference in found[i].Facts?.References ?? [])
            {
                if (!Host.IsShared(reference.Name) && names.Add(reference.Name))
                    found.AddRange(OwnAssemblies(reference.Name));
            }
        }

        return found;
    }

    // Satellites hold texts, and are found by culture, not by reference.
    private static bool IsCode(string path)
        => path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && !path.EndsWith(".resources.dll", StringComparison.OrdinalIgnoreCase);
}
