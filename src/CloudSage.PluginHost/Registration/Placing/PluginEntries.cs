using CloudSage.PluginHost.Discovery;

namespace CloudSage.PluginHost.Registration.Placing;

/// <summary>Finds out which entries of a plugin folder are which plugin.</summary>
internal sealed class PluginEntries(FolderScanner scanner, ICandidateManifest manifests)
{
    /// <summary>The candidates that bear the plugin's name in their manifest, or cannot say and are called so.</summary>
    public IReadOnlyList<PluginCandidate> Of(string plugin, CancellationToken cancellationToken)
        => [.. scanner.Scan(cancellationToken).Candidates.Where(c => NameOf(c) == plugin)];

    /// <summary>The names of a candidate's files and folders in the plugin folder itself.</summary>
    public static IEnumerable<string> Names(PluginCandidate candidate)
        => candidate.Kind == CandidateKind.BareAssembly ? candidate.Files.Select(static f => f.RelativePath) : [Path.GetFileName(candidate.Path)];

    private string NameOf(PluginCandidate candidate)
    {
        try
        {
            if (manifests.Read(candidate)?.Value is { } manifest) return manifest.Name;
        }
        catch (IOException)
        {
            // It is being written: its own name is what there is to go by.
        }

        return Path.GetFileNameWithoutExtension(candidate.Path);
    }
}
