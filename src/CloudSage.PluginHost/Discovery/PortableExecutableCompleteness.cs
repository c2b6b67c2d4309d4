using System.Reflection.PortableExecutable;

namespace CloudSage.PluginHost.Discovery;

/// <summary>
/// Judges by a Windows executable's own headers (managed or native) whether all of it is there. Whoever writes a file from front to back writes the
/// headers first, so a file that is as long as they say was written to its end.
/// </summary>
internal static class PortableExecutableCompleteness
{
    public static FileWholeness Judge(Stream stream)
    {
        var length = stream.Length;
        if (length == 0)
            return FileWholeness.Truncated("it is empty");

        Span<byte> magic = stackalloc byte[2];
        if (length < 2 || stream.ReadAtLeast(magic, 2, throwOnEndOfStream: false) < 2)
            return FileWholeness.Truncated("its header is cut off");
        if (!magic.SequenceEqual("MZ"u8))
            return FileWholeness.Foreign;

        stream.Position = 0;
        try
        {
            // The size is given, or the reader would ask the stream, which may grow meanwhile.
            return Judge(new PEHeaders(stream, checked((int)Math.Min(length, int.MaxValue))), length);
        }
        catch (BadImageFormatException)
        {
            // Headers cut off or damaged; which of both, a file shorter than a header cannot say.
            return FileWholeness.Truncated("its headers are cut off or damaged");
        }
    }

    private static FileWholeness Judge(PEHeaders headers, long length)
    {
        if (headers.PEHeader is not { } pe)
            return FileWholeness.Truncated("it has no PE header");

        long expected = pe.SizeOfHeaders;
        foreach (var section in headers.SectionHeaders)
            expected = Math.Max(expected, (long)(uint)section.PointerToRawData + (uint)section.SizeOfRawData);

        // The certificate table alone is found by its place in the file, behind the sections.
        var certificates = pe.CertificateTableDirectory;
        if (certificates.Size > 0)
            expected = Math.Max(expected, (long)(uint)certificates.RelativeVirtualAddress + (uint)certificates.Size);

        return length >= expected ? FileWholeness.Whole : FileWholeness.Truncated($"it has {length:N0} of {expected:N0} bytes");
    }
}

/// <summary>Whether a file is as long as its own headers say.</summary>
/// <param name="IsWhole">Whether it is.</param>
/// <param name="IsForeign">It is not of the expected format at all.</param>
/// <param name="Reason">What is amiss.</param>
internal sealed record FileWholeness(bool IsWhole, bool IsForeign, string? Reason)
{
    public static FileWholeness Whole { get; } = new(true, false, null);

    public static FileWholeness Foreign { get; } = new(false, true, null);

    public static FileWholeness Truncated(string reason) => new(false, false, reason);
}
