using System.IO.Compression;
using System.Text;
using CloudSage.Plugins.Adapters;
using CloudSage.Plugins.Analysis;
using CloudSage.Plugins.Costs;

namespace CloudSage.UnitTests.Samples;

/// <summary>A billing file of a test's own, for as long as the test runs.</summary>
internal sealed class BillingText : IDisposable
{
    private BillingText(byte[] content, string extension)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"billing-{Guid.NewGuid():N}{extension}");
        File.WriteAllBytes(Path, content);
    }

    public string Path { get; }

    public CostSource Source => new(System.IO.Path.GetFileName(Path), Path);

    public static BillingText Plain(string text, Encoding? encoding = null)
        => new([.. (encoding ?? new UTF8Encoding(false)).GetPreamble(), .. (encoding ?? new UTF8Encoding(false)).GetBytes(text)], ".csv");

    public static BillingText Gzip(string text, int keep = int.MaxValue)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return new BillingText(compressed.ToArray()[..(int)Math.Min(compressed.Length, keep)], ".csv.gz");
    }

    public static async Task<(List<CostRecord> Records, List<DataQualityFinding> Findings)> ReadAsync(ICloudAdapter adapter, string text)
    {
        using var file = Plain(text);
        return await BillingTotals.ReadAllAsync(adapter, file.Path);
    }

    public void Dispose() => File.Delete(Path);
}
