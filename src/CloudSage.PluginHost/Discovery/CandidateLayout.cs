namespace CloudSage.PluginHost.Discovery;

/// <summary>Where in a candidate the manifest is.</summary>
internal static class CandidateLayout
{
    public static bool IsFolderManifest(string relativePath) => relativePath is "manifest.yaml" or "manifest.yml";

    /// <summary>The manifest as a file of its own; null where there is none (a bare assembly may, an archive does carry it inside).</summary>
    public static CandidateFile? ManifestFile(this PluginCandidate candidate)
    {
        if (candidate.Kind == CandidateKind.Folder)
            return candidate.Files.FirstOrDefault(static f => IsFolderManifest(f.RelativePath));
        if (candidate.Kind == CandidateKind.Archive) return null;
        var names = BareAssembly.ManifestNames(Path.GetFileNameWithoutExtension(candidate.Path)).ToList();
        return candidate.Files.FirstOrDefault(f => names.Contains(f.RelativePath, PathBoundary.Comparer));
    }

    public static CandidateFile? Find(this PluginCandidate candidate, string relativePath)
        => candidate.Files.FirstOrDefault(f => f.RelativePath.Equals(relativePath, PathBoundary.Comparison));
}
