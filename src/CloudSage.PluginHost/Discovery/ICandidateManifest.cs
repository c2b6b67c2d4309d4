using CloudSage.PluginHost.Manifests;

namespace CloudSage.PluginHost.Discovery;

/// <summary>Reads the manifest of a candidate where it lies.</summary>
internal interface ICandidateManifest
{
    /// <summary>The manifest or what is wrong with it; null where the candidate has none.</summary>
    /// <exception cref="IOException">A file is locked or was removed.</exception>
    StageResult<PluginManifest>? Read(PluginCandidate candidate);
}
