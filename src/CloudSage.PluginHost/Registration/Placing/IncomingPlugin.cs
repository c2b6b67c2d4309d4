using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Staging;

namespace CloudSage.PluginHost.Registration.Placing;

/// <summary>Brings a plugin, as a folder, an archive or one DLL, into the form in which it will lie in a plugin folder: a folder with its manifest.</summary>
internal sealed class IncomingPlugin(CandidateStaging staging)
{
    private const string ManifestName = "manifest.yaml";

    /// <summary>Copies the plugin's files into an empty folder.</summary>
    /// <param name="candidate">The plugin.</param>
    /// <param name="folder">The empty folder.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was found; where one is an error, it was not copied.</returns>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public async Task<IReadOnlyList<Finding>> CopyAsync(PluginCandidate candidate, string folder, CancellationToken cancellationToken)
    {
        var staged = await staging.StageAsync(candidate, cancellationToken).ConfigureAwait(false);
        if (staged.Value is not { } files) return staged.Findings;
        foreach (var file in files.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var target = Path.Combine(folder, file.RelativePath);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(files.Directory, file.RelativePath), target);
            // Files of the store cannot be written; these are the operator's, who may replace and delete them.
            if (OperatingSystem.IsWindows()) File.SetAttributes(target, FileAttributes.Normal);
            else File.SetUnixFileMode(target, File.GetUnixFileMode(target) | UnixFileMode.UserWrite);
        }

        return candidate.Kind == CandidateKind.BareAssembly ? [.. staged.Findings, .. WithManifest(candidate, folder)] : staged.Findings;
    }

    /// <summary>A DLL has its manifest inside or beside it; a folder has it under its own name.</summary>
    private static IReadOnlyList<Finding> WithManifest(PluginCandidate candidate, string folder)
    {
        var content = ManifestFile.OfAssembly(candidate.Path);
        if (content.Value is not { } manifest) return content.Findings;
        File.WriteAllBytes(Path.Combine(folder, ManifestName), manifest.Bytes.ToArray());
        if (candidate.ManifestFile() is { } beside) File.Delete(Path.Combine(folder, beside.RelativePath));
        return [];
    }
}
