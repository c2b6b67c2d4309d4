using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Staging.Archives;

namespace CloudSage.PluginHost.Staging;

/// <summary>The host's own unpacker: archives and packages that hold all that their plugin needs.</summary>
/// <param name="hostAssemblies">Simple names of the assemblies that the host shares: a package need not hold them.</param>
internal sealed class SelfContainedUnpacker(IReadOnlySet<string> hostAssemblies) : IPluginUnpacker
{
    public bool CanUnpack(string path) => true;

    public async Task<IReadOnlyList<Finding>> UnpackAsync(string archive, string folder, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(archive, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 4096, FileOptions.Asynchronous);
        if (!ArchiveName.IsPackage(archive))
            return await PluginArchive.ExtractAsync(stream, folder, limits: null, ArchiveLayout.Arrange, cancellationToken).ConfigureAwait(false);

        var layout = new PackageLayout(Environment.Version.Major);
        var findings = await PluginArchive.ExtractAsync(stream, folder, limits: null, layout.Arrange, cancellationToken).ConfigureAwait(false);
        return findings.Count > 0 ? findings : layout.Judge(folder, hostAssemblies);
    }
}
