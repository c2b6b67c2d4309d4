using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Manifests.Reading;
using CloudSage.PluginHost.Staging.Archives;

namespace CloudSage.PluginHost.Staging;

/// <summary>The host's own unpacker: archives and packages that hold all that their plugin needs.</summary>
/// <param name="manifests">Reads the manifest of a package, which must agree with it.</param>
/// <param name="hostAssemblies">Simple names of the assemblies that the host shares: a package need not hold them.</param>
internal sealed class SelfContainedUnpacker(ManifestReader manifests, IReadOnlySet<string> hostAssemblies) : IPluginUnpacker
{
    public bool CanUnpack(string path) => true;

    public async Task<IReadOnlyList<Finding>> UnpackAsync(string archive, string folder, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(archive, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 4096, FileOptions.Asynchronous);
        if (!ArchiveName.IsPackage(archive))
            return await PluginArchive.ExtractAsync(stream, folder, limits: null, ArchiveLayout.Arrange, cancellationToken).ConfigureAwait(false);

        var layout = new PackageLayout(Environment.Version.Major);
        var findings = await PluginArchive.ExtractAsync(stream, folder, limits: null, layout.Arrange, cancellationToken).ConfigureAwait(false);
        if (findings.Count > 0) return findings;
        var (specification, fault) = PackageLayout.TakeSpecification(folder);
        if (specification is null) return [fault!];
        return layout.FindLack(specification, hostAssemblies) is { } lack ? [lack] : Compare(folder, specification);
    }

    /// <summary>A manifest that cannot be read is told of when the plugin is staged, in its turn.</summary>
    private IReadOnlyList<Finding> Compare(string folder, PackageSpecification specification)
        => ManifestFile.OfUnpacked(folder).Value is { } content && manifests.Read(content.Bytes, content.File).Value is { } manifest
            && specification.Disagrees(manifest) is { } finding ? [finding] : [];
}
