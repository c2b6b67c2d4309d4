namespace CloudSage.PluginHost.Manifests;

/// <summary>Finds the manifest of a folder or of a bare DLL and reads its bytes, locking nothing and never more than a manifest may have.</summary>
internal static class ManifestFile
{
    private static readonly string[] Extensions = [".yaml", ".yml"];

    /// <summary>The manifest of a plugin folder: <c>manifest.yaml</c> or <c>manifest.yml</c>.</summary>
    public static StageResult<ManifestContent> OfFolder(string directory)
        => OneOf([.. Extensions.Select(extension => Path.Combine(directory, "manifest" + extension))])
            ?? Missing($"The folder {ShownText.Quote(Path.GetFileName(directory))} has no manifest.", "Add a manifest.yaml to it.", "manifest.yaml");

    /// <summary>The manifest of a bare DLL: <c>NAME.manifest.yaml</c> (or .yml) beside it, otherwise the one embedded in it.</summary>
    public static StageResult<ManifestContent> OfAssembly(string path)
    {
        var sidecars = Extensions.Select(extension => Path.ChangeExtension(path, ".manifest" + extension)).ToArray();
        var name = Path.GetFileName(path);
        return OneOf(sidecars) ?? EmbeddedManifest.Read(path) ?? Missing(
            $"{ShownText.Quote(name)} has no manifest, neither beside nor inside it.",
            $"Put {Path.GetFileName(sidecars[0])} beside it, or embed a resource named manifest.yaml.", name);
    }

    /// <summary>The manifest of what was packed into one file: as that of a folder, otherwise that of the one DLL at its top that has one.</summary>
    public static StageResult<ManifestContent> OfUnpacked(string directory)
    {
        var ofFolder = OfFolder(directory);
        if (ofFolder.Findings.All(static f => f.Code != ManifestCodes.Missing)) return ofFolder;
        var ofAssemblies = Directory.EnumerateFiles(directory, "*.dll").Order(StringComparer.Ordinal).Select(OfAssembly)
            .Where(static content => content.Value is not null || content.Findings.Any(static f => f.Code == ManifestCodes.Ambiguous)).Take(2).ToArray();
        return ofAssemblies switch
        {
            [] => Missing(
                "There is no manifest at the top of the archive, nor in the one folder at its top, nor in a DLL there.", "Add a manifest.yaml and pack again.", "manifest.yaml"),
            [var only] => only,
            [var first, ..] => StageResult<ManifestContent>.Failure(Finding.Error(
                ManifestCodes.Ambiguous, "Several DLLs of the archive have a manifest.", "Keep one, or add a manifest.yaml.",
                new FindingLocation(first.Value?.File ?? "manifest.yaml"))),
        };
    }

    /// <summary>The one file of these that is there; null where none is.</summary>
    private static StageResult<ManifestContent>? OneOf(string[] paths) => paths.Where(File.Exists).ToArray() switch
    {
        [] => null,
        [var only] => Read(only),
        [var first, var second, ..] => StageResult<ManifestContent>.Failure(Finding.Error(
            ManifestCodes.Ambiguous,
            $"There are both {Path.GetFileName(first)} and {Path.GetFileName(second)}.",
            "Keep one of the two.",
            new FindingLocation(Path.GetFileName(second)))),
    };

    private static StageResult<ManifestContent>? Read(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            // What has no length is not opened: it may be a pipe or a device, whose opening would wait for ever.
            if (new FileInfo(path).Length == 0) return StageResult<ManifestContent>.Success(new ManifestContent(ReadOnlyMemory<byte>.Empty, name));
            // Whoever copies, replaces or deletes the file is not kept from it.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var buffer = new byte[ManifestText.MaxBytes + 1];
            var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length > ManifestText.MaxBytes
                ? StageResult<ManifestContent>.Failure(ManifestText.TooLarge(Math.Max(length, file.Length), name))
                : StageResult<ManifestContent>.Success(new ManifestContent(buffer.AsMemory(0, length), name));
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            // Deleted since it was seen: the same as never there.
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // What the operator must see to, or a copy under way on systems that lock: a finding, as it may pass.
            return StageResult<ManifestContent>.Failure(Unreadable(failure, name));
        }
    }

    public static Finding Unreadable(Exception failure, string name) => Finding.Error(
        ManifestCodes.Unreadable,
        $"{name} cannot be read: {failure.Message}",
        "See to the access rights and to who has the file open.",
        new FindingLocation(name));

    private static StageResult<ManifestContent> Missing(string message, string remedy, string file)
        => StageResult<ManifestContent>.Failure(Finding.Error(ManifestCodes.Missing, message, remedy, new FindingLocation(file)));
}
