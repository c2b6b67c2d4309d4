using System.Security.Cryptography;
using CloudSage.PluginHost.Staging;

namespace CloudSage.Benchmarks.Changes;

/// <summary>The hashes under which the host would stage some files.</summary>
internal static class ContentHashes
{
    /// <summary>Of the files as they are.</summary>
    public static string Of(IReadOnlyDictionary<string, byte[]> files) => TreeHash.Of(files.Select(static f => Staged(f.Key, f.Value)));

    /// <summary>Of every mixture of two versions, themselves included: each file whole, but perhaps not of the same version as its neighbour.</summary>
    public static IReadOnlySet<string> OfMixtures(IReadOnlyDictionary<string, byte[]> one, IReadOnlyDictionary<string, byte[]> other)
    {
        var same = one.Where(f => f.Value.AsSpan().SequenceEqual(other[f.Key])).Select(static f => Staged(f.Key, f.Value)).ToList();
        var differing = one.Keys.Where(f => same.TrueForAll(s => s.RelativePath != f)).Select(f => (Staged(f, one[f]), Staged(f, other[f]))).ToList();
        return Enumerable.Range(0, 1 << differing.Count)
            .Select(choice => TreeHash.Of(same.Concat(differing.Select((pair, i) => (choice >> i & 1) == 0 ? pair.Item1 : pair.Item2))))
            .ToHashSet(StringComparer.Ordinal);
    }

    private static StagedFile Staged(string path, byte[] content) => new(path, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
}
