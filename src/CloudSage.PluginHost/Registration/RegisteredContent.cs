using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Staging;

namespace CloudSage.PluginHost.Registration;

/// <summary>
/// Finds the content that a line of a lock file speaks of, where it lies beside other content of the same name: then the line says nothing of that other content,
/// which was never registered.
/// </summary>
internal sealed class RegisteredContent(FolderScanner scanner, ICandidateManifest manifests, CandidateStaging staging)
{
    /// <summary>Where the registered content lies, if not at a candidate's own place.</summary>
    /// <param name="name">The name in the candidate's manifest.</param>
    /// <param name="hash">The candidate's content.</param>
    /// <param name="source">Where the candidate lies in its plugin folder.</param>
    /// <param name="state">The lock file of that folder.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The other file or folder; null where the name has no line, the candidate is what the line speaks of, or nothing else in the folder is.</returns>
    public async Task<string?> BesideAsync(string name, string hash, string source, LockState state, CancellationToken cancellationToken)
    {
        if (state.Lock?.Plugins.GetValueOrDefault(name) is not { } locked || locked.Hash == hash) return null;
        var folder = Path.GetDirectoryName(source);
        // What says its name where it lies comes first: an archive has to be unpacked to be known.
        foreach (var other in scanner.Scan(cancellationToken).Candidates.Where(IsRival).OrderBy(static c => c.Kind == CandidateKind.Archive))
        {
            if ((await staging.StageAsync(other, cancellationToken).ConfigureAwait(false)).Value?.Hash == locked.Hash) return other.Path;
        }

        return null;

        bool IsRival(PluginCandidate other) => !other.Path.Equals(source, PathBoundary.Comparison)
            && string.Equals(Path.GetDirectoryName(other.Path), folder, PathBoundary.Comparison)
            && (other.Kind == CandidateKind.Archive || NameOf(other) == name);
    }

    private string? NameOf(PluginCandidate candidate)
    {
        try
        {
            return manifests.Read(candidate)?.Value?.Name;
        }
        catch (IOException)
        {
            // It is being written: so far it is nothing that was registered.
            return null;
        }
    }
}
