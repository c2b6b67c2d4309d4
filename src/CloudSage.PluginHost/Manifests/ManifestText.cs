using System.Text;

namespace CloudSage.PluginHost.Manifests;

/// <summary>The first gate: bytes that may hold anything become text, or a finding that says what they are instead.</summary>
internal static class ManifestText
{
    /// <summary>The most bytes that a manifest may have.</summary>
    public const int MaxBytes = 256 * 1024;

    public static string? Decode(ReadOnlySpan<byte> bytes, string file, ICollection<Finding> findings)
    {
        if (bytes.Length > MaxBytes)
        {
            findings.Add(TooLarge(bytes.Length, file));
            return null;
        }

        if (OtherEncoding(bytes) is { } encoding)
        {
            findings.Add(Finding.Error(ManifestCodes.NotUtf8, $"The manifest is {encoding}, not UTF-8.", "Save it as UTF-8.", new FindingLocation(file, 1, 1)));
            return null;
        }

        if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
        return DecodeUtf8(bytes, file, findings);
    }

    public static Finding TooLarge(long length, string file) => Finding.Error(
        ManifestCodes.TooLarge,
        $"The manifest has {length} bytes; at most {MaxBytes} are read.",
        "Shorten it: a manifest describes a plugin, it does not carry data.",
        new FindingLocation(file));

    private static string? OtherEncoding(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..] => "UTF-32",
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => "UTF-16",
        // Without a mark: an ASCII character beside a zero byte is what UTF-16 looks like; a lone NUL elsewhere is reported as such.
        [not 0, 0, not 0, 0, ..] or [0, not 0, 0, not 0, ..] => "UTF-16",
        _ => null,
    };

    private static string? DecodeUtf8(ReadOnlySpan<byte> bytes, string file, ICollection<Finding> findings)
    {
        var text = new StringBuilder(bytes.Length);
        var (line, column, before) = (1, 1, findings.Count);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var used) != System.Buffers.OperationStatus.Done)
            {
                findings.Add(Finding.Error(
                    ManifestCodes.NotUtf8,
                    $"Byte 0x{bytes[0]:X2} is not UTF-8.",
                    "Save the manifest as UTF-8.",
                    new FindingLocation(file, line, column)));
                return null;
            }

            if (IsForbidden(rune))
            {
                findings.Add(Finding.Error(
                    ManifestCodes.ForbiddenCharacter,
                    $"The manifest holds the character {ShownText.Character(rune)}, which hides or reorders text.",
                    "Delete it; where a value needs it, write it as an escape in double quotes.",
                    new FindingLocation(file, line, column)));
                // One is enough to say what the file is; a binary file would have thousands.
                return null;
            }

            text.Append(rune.ToString());
            bytes = bytes[used..];
            (line, column) = rune.Value == '\n' ? (line + 1, 1) : (line, column + rune.Utf16SequenceLength);
        }

        return findings.Count == before ? text.ToString() : null;
    }

    // YAML's parsers end at a NUL, so text behind it would be seen by people only; bidirectional overrides show text in another order.
    private static bool IsForbidden(Rune rune) => rune.Value is (< 0x20 and not ('\t' or '\n' or '\r')) or 0x7F or (>= 0x80 and < 0xA0 and not 0x85)
        or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFEFF or 0xFFFE or 0xFFFF;
}
