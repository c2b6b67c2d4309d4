using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CloudSage.PluginHost.Runner.Caching;
using CloudSage.PluginHost.Runner.Child;
using CloudSage.PluginHost.Runner.Scanning;
using CloudSage.UnitTests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudSage.UnitTests.Runner;

internal sealed class VerdictCacheTests
{
    private static readonly ScanReport Report = ReportOf("a");

    [Test]
    public void What_was_found_is_found_again_by_its_hash_alone()
    {
        using var folder = new TempFolder();
        Cache(folder).Keep(Report);

        Cache(folder).Find(Report.Sha256).Should().BeEquivalentTo(Report);
        Cache(folder).Find(ReportOf("b").Sha256).Should().BeNull();
    }

    [Test]
    public void What_could_not_be_looked_at_whole_is_not_kept()
    {
        using var folder = new TempFolder();
        Cache(folder).Keep(Report with { Refusal = "it is damaged" });

        Cache(folder).Find(Report.Sha256).Should().BeNull();
    }

    [Test]
    public void A_damaged_or_exchanged_entry_is_as_good_as_none()
    {
        using var folder = new TempFolder();
        var cache = Cache(folder);
        cache.Keep(Report);
        cache.Keep(ReportOf("b"));
        var entry = Directory.GetFiles(folder.Path, Report.Sha256 + ".json", SearchOption.AllDirectories).Single();
        var other = Directory.GetFiles(folder.Path, ReportOf("b").Sha256 + ".json", SearchOption.AllDirectories).Single();
        var whole = File.ReadAllBytes(entry);

        foreach (var poison in (byte[][])[[], "{}"u8.ToArray(), whole[..^1], [.. whole[..^3], (byte)'x', .. whole[^2..]], File.ReadAllBytes(other), Sealed(Report with { Refusal = "no" }), Sealed("null"), new byte[5 << 20]])
        {
            File.WriteAllBytes(entry, poison);
            cache.Find(Report.Sha256).Should().BeNull();
        }

        cache.Keep(Report);
        cache.Find(Report.Sha256).Should().BeEquivalentTo(Report, "the next scan mends it");
    }

    [Test]
    public void It_grows_no_larger_than_it_may_and_forgets_other_scanners()
    {
        using var folder = new TempFolder();
        var stranger = folder.Folder(Guid.NewGuid().ToString("N"));
        folder.Write("mine/notes.txt", "not the cache's");
        var cache = Cache(folder, capacity: 3);
        for (var i = 0; i < 10; i++) cache.Keep(ReportOf($"{i}"));

        Directory.GetFiles(folder.Path, "*.json", SearchOption.AllDirectories).Should().HaveCount(3);
        Directory.Exists(stranger).Should().BeFalse();
        File.Exists(folder.File("mine/notes.txt")).Should().BeTrue();
    }

    [Test]
    public void A_folder_that_cannot_be_written_costs_nothing_but_time()
    {
        using var folder = new TempFolder();
        folder.Write("file", "in the way");
        var cache = new VerdictCache(folder.File("file"), 10, NullLogger<VerdictCache>.Instance);

        cache.Invoking(static c => c.Keep(Report)).Should().NotThrow();
        cache.Find(Report.Sha256).Should().BeNull();
    }

    private static VerdictCache Cache(TempFolder folder, int capacity = 100) => new(folder.Path, capacity, NullLogger<VerdictCache>.Instance);

    private static ScanReport ReportOf(string content) => new()
    {
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))),
        Assembly = "A",
        Uses = [new PowerUse("UseNetwork", "System.Net.Dns.GetHostName", "A.B", 2)],
    };

    /// <summary>An entry that is whole by its own hash.</summary>
    private static byte[] Sealed(ScanReport report) => Sealed(JsonSerializer.Serialize(report, ScanJson.Default.ScanReport));

    private static byte[] Sealed(string text)
        => Encoding.UTF8.GetBytes($"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}\n{text}");
}
