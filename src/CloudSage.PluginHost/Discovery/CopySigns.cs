namespace CloudSage.PluginHost.Discovery;

/// <summary>Signs that a candidate that looks whole is still being copied. None of them is a fault: they only ask for patience.</summary>
internal static class CopySigns
{
    /// <summary>
    /// Whether a file is open for writing, or assemblies came together without the deps.json that names what else belongs to them: builds write one, and
    /// a copy may bring it last.
    /// </summary>
    /// <exception cref="IOException">A file is locked or was removed: look again later.</exception>
    public static bool Any(PluginCandidate candidate) => LacksDependencyFile(candidate) || candidate.Files.Any(IsBeingWritten);

    /// <summary>Whether no file was written after the manifest: a copy goes on with a file before it begins the next.</summary>
    public static bool IsManifestLast(PluginCandidate candidate)
        => candidate.ManifestFile() is { } manifest && candidate.Files.All(f => f.LastWrite <= manifest.LastWrite);

    /// <summary>Whether the manifest ends in the middle of a line, as most do not: one that is cut there may read as a whole one.</summary>
    /// <exception cref="IOException">A file is locked or was removed: look again later.</exception>
    public static bool IsManifestCut(PluginCandidate candidate)
    {
        if (candidate.ManifestFile() is not { Length: > 0 } manifest) return false;
        using var file = Open(manifest);
        var length = RandomAccess.GetLength(file);
        Span<byte> last = stackalloc byte[1];
        return length > 0 && RandomAccess.Read(file, last, length - 1) == 1 && last[0] is not ((byte)'\n' or (byte)'\r');
    }

    private static bool LacksDependencyFile(PluginCandidate candidate)
        => candidate.Kind == CandidateKind.Folder
            && candidate.Files.Count(static f => BareAssembly.IsAssembly(f.RelativePath)) > 1
            && !candidate.Files.Any(static f => LibraryFormat.Of(f.RelativePath) == LibraryKind.DependencyFile);

    private static bool IsBeingWritten(CandidateFile file)
    {
        // What has no length is not opened: it may be a pipe or a device, whose opening would wait for ever.
        if (file.Length == 0) return false;
        using var handle = Open(file);
        return FileWriters.Has(handle);
    }

    private static Microsoft.Win32.SafeHandles.SafeFileHandle Open(CandidateFile file)
        => File.OpenHandle(file.FullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
