using System.Security.Cryptography;
using System.Text.Json;
using CloudSage.PluginHost.Runner.Child;
using CloudSage.PluginHost.Runner.Scanning;
using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Runner.Caching;

/// <summary>
/// Remembers what was found in files, by their hash, and for this build of the scanner alone. Only what was looked at whole is kept, never a failure, and
/// never a decision. A file that is damaged is as good as none. Whoever may write into the folder could make a file seem harmless: it is the host's.
/// </summary>
internal sealed class VerdictCache(string directory, int capacity, ILogger<VerdictCache> logger)
{
    private const int LongestEntry = 4 << 20;
    private const string Pattern = "*.json";

    /// <summary>The rules and limits are in the assembly: another build is another scanner.</summary>
    private readonly string _folder = Path.Combine(directory, typeof(VerdictCache).Module.ModuleVersionId.ToString("N"));
    private readonly Lock _trim = new();

    /// <summary>What was found in the file with that hash; null where it is not known.</summary>
    public ScanReport? Find(string sha256)
    {
        try
        {
            var path = PathOf(sha256);
            if (!File.Exists(path) || new FileInfo(path).Length > LongestEntry) return null;
            var content = File.ReadAllBytes(path);
            // The hash of what follows, in hexadecimal digits, and a line break.
            var head = SHA256.HashSizeInBytes * 2;
            if (content.Length <= head || Convert.ToHexStringLower(SHA256.HashData(content.AsSpan(head + 1))) != System.Text.Encoding.ASCII.GetString(content, 0, head)) return null;
            var report = JsonSerializer.Deserialize(content.AsSpan(head + 1), ScanJson.Default.ScanReport);
            return report is { Refusal: null } && report.Sha256 == sha256 ? report : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // The scan finds it again.
            logger.CacheUnreadable(e.Message);
            return null;
        }
    }

    public void Keep(ScanReport report)
    {
        if (report.Refusal is not null || capacity == 0) return;
        try
        {
            Directory.CreateDirectory(_folder);
            var content = JsonSerializer.SerializeToUtf8Bytes(report, ScanJson.Default.ScanReport);
            var fresh = Path.Combine(_folder, Path.GetRandomFileName());
            File.WriteAllBytes(fresh, [.. System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(content))), (byte)'\n', .. content]);
            File.Move(fresh, PathOf(report.Sha256), overwrite: true);
            Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It costs the next start a scan.
            logger.CacheUnwritable(e.Message);
        }
    }

    private string PathOf(string sha256) => Path.Combine(_folder, sha256 + ".json");

    /// <summary>Entries of other builds go at once, of this one the oldest.</summary>
    private void Trim()
    {
        lock (_trim)
        {
            foreach (var other in Directory.EnumerateDirectories(directory).Where(d => d != _folder && Guid.TryParseExact(Path.GetFileName(d), "N", out _)))
                Directory.Delete(other, recursive: true);
            var entries = new DirectoryInfo(_folder).GetFiles(Pattern);
            foreach (var old in entries.OrderByDescending(static f => f.LastWriteTimeUtc).Skip(capacity)) old.Delete();
        }
    }
}
