using CloudSage.PluginHost.Manifests.Reading;
using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Staging;

namespace CloudSage.PluginHost.Registration;

/// <summary>Reads the manifest of a staged plugin: from the store, so that what was verified is what was read.</summary>
internal sealed class StagedManifest(ManifestReader reader)
{
    public StageResult<PluginManifest> Read(StagedPlugin staged, CandidateKind kind)
    {
        var content = kind switch
        {
            CandidateKind.Folder => ManifestFile.OfFolder(staged.Directory),
            CandidateKind.Archive => ManifestFile.OfUnpacked(staged.Directory),
            _ => ManifestFile.OfAssembly(Path.Combine(staged.Directory, staged.Files.First(static f => BareAssembly.IsAssembly(f.RelativePath)).RelativePath)),
        };
        return content.Value is { } found ? reader.Read(found.Bytes, found.File) : StageResult<PluginManifest>.Failure(content.Findings);
    }
}
