using System.Globalization;

namespace CloudSage.PluginHost.Diagnostics.Snapshots;

/// <summary>One range of a process' memory.</summary>
internal readonly record struct MemoryMapping(ulong Start, ulong End, string Access, ulong Offset, string Path)
{
    public bool IsReadable => Access.Contains('r', StringComparison.Ordinal);

    /// <summary>Whether a change by one process is seen by the other.</summary>
    public bool IsShared => Access.EndsWith('s');

    public bool IsWritable => Access.Contains('w', StringComparison.Ordinal);

    public bool IsExecutable => Access.Contains('x', StringComparison.Ordinal);
}

/// <summary>What is mapped where in a process, as the kernel tells it.</summary>
internal static class MemoryMap
{
    public static IReadOnlyList<MemoryMapping> Read(int processId)
        => [.. File.ReadLines($"/proc/{processId}/maps").Select(Parse).OfType<MemoryMapping>()];

    internal static MemoryMapping? Parse(string line)
    {
        var words = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 5) return null;
        var dash = words[0].IndexOf('-', StringComparison.Ordinal);
        return new MemoryMapping(Hex(words[0].AsSpan(0, dash)), Hex(words[0].AsSpan(dash + 1)), words[1], Hex(words[2]), words.Length > 5 ? words[5].Trim() : string.Empty);
    }

    private static ulong Hex(ReadOnlySpan<char> digits) => ulong.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
