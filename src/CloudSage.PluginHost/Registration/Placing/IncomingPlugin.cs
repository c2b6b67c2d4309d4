using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Manifests;

namespace CloudSage.PluginHost.Registration.Placing;

/// <summary>Brings a plugin, as a folder or as one DLL, into the form in which it will lie in a plugin folder: a folder with its manifest.</summary>
internal sealed class IncomingPlugin(FolderScanner scanner)
{
    private const string ManifestName = "manifest.yaml";

    /// <summary>Copies the plugin's files into an empty folder.</summary>
    /// <param name="path">The plugin's folder, or its DLL.</param>
    /// <param name="folder">The empty folder.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What keeps it from being copied.</returns>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public IReadOnlyList<Finding> Copy(string path, string folder, CancellationToken cancellationToken)
    {
        var kind = Directory.Exists(path) ? CandidateKind.Folder : CandidateKind.BareAssembly;
        var candidate = scanner.Rescan(new PluginCandidate { Path = path, Kind = kind, Files = [], Fingerprint = string.Empty }, cancellationToken)
            ?? throw new IOException($"'{path}' cannot be read.");
        if (candidate.Findings.Any(static f => f.Severity == FindingSeverity.Error)) return candidate.Findings;
        foreach (var file in candidate.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var target = Path.Combine(folder, file.RelativePath);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file.FullPath, target);
        }

        return kind == CandidateKind.Folder ? [] : WithManifest(path, candidate, folder);
    }

    /// <summary>A DLL has its manifest inside or beside it; a folder has it under its own name.</summary>
    private static IReadOnlyList<Finding> WithManifest(string path, PluginCandidate candidate, string folder)
    {
        var content = ManifestFile.OfAssembly(path);
        if (content.Value is not { } manifest) return content.Findings;
        File.WriteAllBytes(Path.Combine(folder, ManifestName), manifest.Bytes.ToArray());
        if (candidate.ManifestFile() is { } beside) File.Delete(Path.Combine(folder, beside.RelativePath));
        return [];
    }
}
