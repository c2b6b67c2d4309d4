using CloudSage.PluginHost.Manifests.Reading;
using CloudSage.PluginHost.Manifests;

namespace CloudSage.PluginHost.Discovery;

/// <summary>Reads a candidate's manifest where it lies, in the plugin directory.</summary>
internal sealed class CandidateManifest(ManifestReader reader) : ICandidateManifest
{
    public StageResult<PluginManifest>? Read(PluginCandidate candidate)
    {
        var content = candidate.Kind == CandidateKind.Folder ? ManifestFile.OfFolder(candidate.Path) : ManifestFile.OfAssembly(candidate.Path);
        if (content.Value is { } found) return reader.Read(found.Bytes, found.File);

        // Held by whoever is writing it, as a rule: that passes, and nothing signals when.
        if (content.Findings.FirstOrDefault(static f => f.Code == ManifestCodes.Unreadable) is { } held) throw new IOException(held.Message);
        return content.Findings.Any(static f => f.Code == ManifestCodes.Missing) ? null : StageResult<PluginManifest>.Failure(content.Findings);
    }
}
