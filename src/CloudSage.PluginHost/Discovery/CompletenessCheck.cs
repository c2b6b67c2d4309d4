using System.Text.Json;
using CloudSage.PluginHost.Manifests;

namespace CloudSage.PluginHost.Discovery;

/// <summary>Says what a candidate still lacks: the costly look into its files, done once for each of its states.</summary>
/// <param name="manifests">Reads its manifest.</param>
/// <param name="hostAssemblies">Simple names of the assemblies that the host shares: a deps.json may name them, the folder need not hold them.</param>
internal sealed class CompletenessCheck(ICandidateManifest manifests, IReadOnlySet<string> hostAssemblies)
{
    private const int NamesInMessage = 5;

    /// <summary>What was found; the candidate is complete if none of it is an error.</summary>
    /// <exception cref="IOException">A file is locked or was removed: look again later.</exception>
    public IReadOnlyList<Finding> Check(PluginCandidate candidate, CancellationToken cancellationToken)
    {
        if (candidate.Kind == CandidateKind.Archive)
            return [.. candidate.Files.Select(CheckArchive).OfType<Finding>()];

        var findings = new List<Finding>();
        foreach (var file in candidate.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (CheckFile(file) is { } finding)
                findings.Add(finding);
        }

        var manifest = CheckManifest(candidate, findings);
        if (manifest is not null && CheckEntry(candidate, manifest) is { } missing)
            findings.Add(missing);
        else if (manifest is not null && findings.Count == 0 && CheckDependencies(candidate, manifest) is { } lacking)
            findings.Add(lacking);
        return findings;
    }

    /// <summary>Only whether it is all there. What is in it is looked at once it is unpacked.</summary>
    private static Finding? CheckArchive(CandidateFile file)
    {
        using var stream = Open(file);
        return ArchiveEnd.Read(stream).Fault is not { } fault ? null : Finding.Error(
            DiscoveryCodes.ArchiveNotWhole, $"'{file.RelativePath}' is not whole, or not a ZIP archive: {fault}.",
            "Copy it again, or pack it again as a plain ZIP.", new(file.RelativePath));
    }

    private PluginManifest? CheckManifest(PluginCandidate candidate, List<Finding> findings)
    {
        // A cut-off DLL cannot show its embedded manifest; its own finding says enough.
        if (candidate.Kind == CandidateKind.BareAssembly && findings.Count > 0)
            return null;

        var result = manifests.Read(candidate);
        findings.AddRange(result?.Findings ?? [MissingManifest(candidate)]);
        return result?.Value;
    }

    private static Finding MissingManifest(PluginCandidate candidate)
    {
        var name = Path.GetFileNameWithoutExtension(candidate.Path);
        return candidate.Kind == CandidateKind.Folder
            ? Finding.Error(
                DiscoveryCodes.FolderManifestMissing, "The folder has no manifest.", "Add manifest.yaml to it.", new(Path.GetFileName(candidate.Path)))
            : Finding.Error(
                DiscoveryCodes.AssemblyManifestMissing, $"'{name}.dll' has no manifest, neither beside it nor inside.",
                $"Add {name}.manifest.yaml, embed manifest.yaml as a resource, or move the DLL into the folder of the plugin that needs it.",
                new(name + ".dll"));
    }

    private static Finding? CheckEntry(PluginCandidate candidate, PluginManifest manifest)
        => candidate.Find(manifest.EntryPoint) is not null ? null : Finding.Error(
            DiscoveryCodes.EntryFileMissing, $"The entry file '{manifest.EntryPoint}' is not there.",
            "Copy it into the plugin, or correct entry_point.", manifest.Locate("entry_point"));

    private static Finding? CheckFile(CandidateFile file)
    {
        var format = LibraryFormat.Of(file.RelativePath);
        if (format == LibraryKind.Other)
            return null;

        using var stream = Open(file);
        var wholeness = format switch
        {
            LibraryKind.PortableExecutable => PortableExecutableCompleteness.Judge(stream),
            LibraryKind.Elf => ElfCompleteness.Judge(stream),
            _ => FileWholeness.Whole,
        };
        if (format == LibraryKind.DependencyFile)
            return CheckJson(file, stream);
        if (wholeness.IsWhole)
            return null;

        var location = new FindingLocation(file.RelativePath);
        return wholeness.IsForeign
            ? Finding.Error(
                DiscoveryCodes.NotALibrary, $"'{file.RelativePath}' is not what its name says: its first bytes are not those of a library.",
                "Replace it by the right file.", location)
            : Finding.Error(DiscoveryCodes.FileTruncated, $"'{file.RelativePath}' is not whole: {wholeness.Reason}.", "Copy it again.", location);
    }

    private static Finding? CheckJson(CandidateFile file, Stream stream)
    {
        try
        {
            DependencyFile.Read(stream);
            return null;
        }
        catch (JsonException e)
        {
            // Half a file is half a JSON text.
            return Finding.Error(
                DiscoveryCodes.DependencyFileDamaged, $"'{file.RelativePath}' is not a whole deps.json: {e.Message}", "Copy it again.",
                new(file.RelativePath, (int?)e.LineNumber + 1, (int?)e.BytePositionInLine + 1));
        }
    }

    private Finding? CheckDependencies(PluginCandidate candidate, PluginManifest manifest)
    {
        var folder = manifest.EntryPoint[..(manifest.EntryPoint.LastIndexOf('/') + 1)];
        if (candidate.Find(Path.ChangeExtension(manifest.EntryPoint, ".deps.json")) is not { } file)
            return CheckReferences(candidate);

        using var stream = Open(file);
        var missing = DependencyFile.Read(stream).Where(a => IsMissing(candidate, folder, a)).ToList();
        if (missing.Count == 0)
            return null;

        var names = string.Join(", ", missing.Take(NamesInMessage).Select(static a => $"'{a.RelativePath}' of {a.Library}"));
        var more = missing.Count > NamesInMessage ? $" and {missing.Count - NamesInMessage} more" : string.Empty;
        return Finding.Error(
            DiscoveryCodes.DependencyMissing, $"'{file.RelativePath}' names files that are not there: {names}{more}.",
            "Publish the plugin (dotnet publish) and copy its whole output.", new(file.RelativePath));
    }

    private Finding? CheckReferences(PluginCandidate candidate)
    {
        var missing = ReferenceCompleteness.Missing(candidate, hostAssemblies);
        return missing.Count == 0 ? null : Finding.Warning(
            DiscoveryCodes.ReferenceMissing, $"Its assemblies name others that are not there: {string.Join(", ", missing.Take(NamesInMessage))}"
                + $"{(missing.Count > NamesInMessage ? $" and {missing.Count - NamesInMessage} more" : string.Empty)}.",
            "Publish the plugin (dotnet publish) and copy its whole output, deps.json included.", new(Path.GetFileName(candidate.Path)));
    }

    private bool IsMissing(PluginCandidate candidate, string folder, DependencyAsset asset)
        => !hostAssemblies.Contains(Path.GetFileNameWithoutExtension(asset.RelativePath))
            && candidate.Find(folder + asset.RelativePath) is null;

    /// <summary>
    /// Whoever is still writing holds the file against readers, where the platform has such locks. What has no length is not opened:
    /// it may be a pipe or a device, whose opening would wait for ever.
    /// </summary>
    private static Stream Open(CandidateFile file)
        => file.Length == 0 ? Stream.Null : new FileStream(file.FullPath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
}
