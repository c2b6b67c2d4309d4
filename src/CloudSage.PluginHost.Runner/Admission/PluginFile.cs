using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CloudSage.PluginHost.Runner.Admission;

/// <summary>A file of a plugin that is staged.</summary>
/// <param name="RelativePath">Its path in the plugin, with forward slashes.</param>
/// <param name="FullPath">Where it lies.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Sha256">What identifies its content; empty for data, which nobody looks up.</param>
internal sealed record PluginFile(string RelativePath, string FullPath, FileKind Kind, string Sha256)
{
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IEnumerable<PluginFile> In(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(path => Read(path, Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'))).OrderBy(static f => f.RelativePath, StringComparer.Ordinal);

    private static PluginFile Read(string path, string relative)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        Span<byte> head = stackalloc byte[4];
        var kind = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < 2 ? FileKind.Data : KindOf(head);
        if (kind != FileKind.PortableExecutable) return new PluginFile(relative, path, kind, string.Empty);
        stream.Position = 0;
        return new PluginFile(relative, path, kind, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    private static FileKind KindOf(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("MZ"u8)) return FileKind.PortableExecutable;
        if (head.SequenceEqual("\u007fELF"u8)) return FileKind.Native;
        return BinaryPrimitives.ReadUInt32BigEndian(head) is 0xFEEDFACE or 0xFEEDFACF or 0xCEFAEDFE or 0xCFFAEDFE or 0xCAFEBABE or 0xCAFEBABF ? FileKind.Native : FileKind.Data;
    }
}
