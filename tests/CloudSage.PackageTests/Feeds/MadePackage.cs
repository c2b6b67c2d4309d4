using NuGet.Frameworks;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Versioning;

namespace CloudSage.PackageTests.Feeds;

/// <summary>A package as a test describes it, with a really compiled plugin in it.</summary>
/// <param name="Id">Its id.</param>
internal sealed record MadePackage(string Id)
{
    public string Version { get; init; } = "1.0.0";

    /// <summary>The plugin's name in the manifest.</summary>
    public string Name { get; init; } = Id.ToLowerInvariant().Replace('.', '-');

    public string ManifestVersion { get; init; } = "1.0.0";

    public string Type { get; init; } = "CloudSagePlugin";

    public string Framework { get; init; } = "net10.0";

    /// <summary>Where in the package the manifest lies; null embeds it.</summary>
    public string? ManifestPath { get; init; } = "manifest.yaml";

    /// <summary>Whether there is a plugin in it; otherwise it is an empty library.</summary>
    public bool IsPlugin { get; init; } = true;

    public string EntryPoint { get; init; } = "Made.dll";

    /// <summary>What the plugin does; null answers its version.</summary>
    public PluginSource? Code { get; init; }

    /// <summary>Further lines of the manifest.</summary>
    public string Manifest { get; init; } = "";

    public IReadOnlyList<(string Id, string Range)> Dependencies { get; init; } = [];

    public string Description { get; init; } = "Made by a test.";

    /// <summary>Further files, by path in the package.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; init; } = new Dictionary<string, byte[]>();

    public byte[] Build()
    {
        var builder = new PackageBuilder(deterministic: true) { Id = Id, Version = NuGetVersion.Parse(Version), Description = Description };
        builder.Authors.Add("test");
        builder.PackageTypes.Add(new PackageType(Type, PackageType.EmptyVersion));
        builder.DependencyGroups.Add(new PackageDependencyGroup(
            NuGetFramework.AnyFramework, Dependencies.Select(static d => new PackageDependency(d.Id, VersionRange.Parse(d.Range)))));
        foreach (var (path, content) in Contents().Concat(Files.Select(static f => (f.Key, f.Value))))
            builder.Files.Add(new PhysicalPackageFile(new MemoryStream(content)) { TargetPath = path });
        using var package = new MemoryStream();
        builder.Save(package);
        return package.ToArray();
    }

    private IEnumerable<(string Path, byte[] Content)> Contents()
    {
        if (!IsPlugin) return [($"lib/{Framework}/{Id}.dll", FixtureCompiler.Compile(Id, "public static class Part { }", new Version(1, 0)))];
        var source = (Code ?? new PluginSource(Name)) with { Version = ManifestVersion, AssemblyName = "Made" };
        var files = source.Build();
        var manifest = System.Text.Encoding.UTF8.GetBytes($"name: {Name}\nversion: {ManifestVersion}\ntype: integration\nsystem: test\nentry_point: {EntryPoint}\n{Manifest}");
        var folder = $"lib/{Framework}/";
        return ManifestPath is { } path ? [(folder + "Made.dll", files["Made.dll"]), (path, manifest)]
            : [(folder + "Made.dll", FixtureCompiler.Compile("Made", "public static class Part { }", new Version(1, 0), resources: new Dictionary<string, byte[]> { ["manifest.yaml"] = manifest }))];
    }
}
