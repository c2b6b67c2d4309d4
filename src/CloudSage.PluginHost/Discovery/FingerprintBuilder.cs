using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CloudSage.PluginHost.Discovery;

/// <summary>Sums up names, lengths and times of a candidate's files, so that two scans can be compared by one string.</summary>
internal sealed class FingerprintBuilder
{
    private readonly Dictionary<string, string> _lines = new(StringComparer.Ordinal);

    /// <summary>The newest time of any file or folder seen: a folder's own time moves when files are added to it or removed.</summary>
    public DateTimeOffset LastChange { get; private set; }

    public void SawFolder(DateTime lastWriteUtc) => Advance(lastWriteUtc);

    /// <summary>The creation time stands for the file's identity, where the file system keeps one.</summary>
    public void SawFile(string relative, FileInfo file)
    {
        Advance(file.LastWriteTimeUtc);
        _lines[relative] = string.Create(
            CultureInfo.InvariantCulture, $"{relative}\0{file.Length}\0{file.LastWriteTimeUtc.Ticks}\0{file.CreationTimeUtc.Ticks}\n");
    }

    public string ToFingerprint(IEnumerable<CandidateFile> filesInOrder, IEnumerable<Finding> findings)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in filesInOrder)
            hash.AppendData(Encoding.UTF8.GetBytes(_lines[file.RelativePath]));
        // A link that begins or ceases to lead outside is a change too.
        foreach (var line in findings.Select(static f => $"{f.Code}\0{f.Message}\n").Order(StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes(line));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void Advance(DateTime utc)
    {
        var time = new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
        if (time > LastChange)
            LastChange = time;
    }
}
