using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Staging;

namespace CloudSage.PluginHost.Registration.Placing;

/// <summary>Finds out which entries of a plugin folder are which plugin: by their manifests, whatever they are called.</summary>
internal sealed class PluginEntries(FolderScanner scanner, ICandidateManifest manifests, CandidateStaging staging, StagedManifest staged)
{
    /// <summary>The names of the files and folders, in the plugin folder itself, that are the plugin; those whose manifest cannot be read are what they are called.</summary>
    public async Task<IReadOnlyList<string>> NamesOfAsync(string plugin, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        foreach (var candidate in scanner.Scan(cancellationToken).Candidates)
        {
            if (await NameOfAsync(candidate, cancellationToken).ConfigureAwait(false) == plugin) names.AddRange(Names(candidate));
        }

        return names;
    }

    /// <summary>What the plugin's content in the folder asks for, whether it was let in or is held back. Of archives that is not known.</summary>
    public IEnumerable<string> AskedBy(string plugin, CancellationToken cancellationToken) => scanner.Scan(cancellationToken).Candidates
        .Where(static c => c.Kind != CandidateKind.Archive).Select(TryRead).Where(m => m?.Name == plugin).SelectMany(static m => m!.Permissions).Select(static p => p.Name);

    private static IEnumerable<string> Names(PluginCandidate candidate)
        => candidate.Kind == CandidateKind.BareAssembly ? candidate.Files.Select(static f => f.RelativePath) : [Path.GetFileName(candidate.Path)];

    private async Task<string> NameOfAsync(PluginCandidate candidate, CancellationToken cancellationToken)
    {
        try
        {
            var manifest = candidate.Kind == CandidateKind.Archive ? await OfArchiveAsync(candidate, cancellationToken).ConfigureAwait(false) : TryRead(candidate);
            if (manifest is not null) return manifest.Name;
        }
        catch (IOException)
        {
            // It is being written: its own name is what there is to go by.
        }

        return CandidateName.Of(candidate.Path);
    }

    private PluginManifest? TryRead(PluginCandidate candidate)
    {
        try
        {
            return manifests.Read(candidate)?.Value;
        }
        catch (IOException)
        {
            // It is being written: nothing is known of it.
            return null;
        }
    }

    private async Task<PluginManifest?> OfArchiveAsync(PluginCandidate candidate, CancellationToken cancellationToken)
        => (await staging.StageAsync(candidate, cancellationToken).ConfigureAwait(false)).Value is { } files ? staged.Read(files, candidate.Kind).Value : null;
}
