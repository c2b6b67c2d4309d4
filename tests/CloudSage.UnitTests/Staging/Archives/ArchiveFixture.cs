using CloudSage.PluginHost;
using CloudSage.PluginHost.Staging.Archives;
using CloudSage.UnitTests.Fixtures;

namespace CloudSage.UnitTests.Staging.Archives;

/// <summary>A folder to unpack into, with other things beside it that no archive may touch.</summary>
internal abstract class ArchiveFixture
{
    protected TempFolder Temp { get; private set; } = null!;

    protected string Target => Temp.File("area/target");

    [SetUp]
    public void MakeFolder()
    {
        Temp = new TempFolder();
        Temp.Write("area/beside.txt", "untouched");
        Temp.Write("outside.txt", "untouched");
    }

    [TearDown]
    public void NothingElseWasWritten()
    {
        Directory.GetFileSystemEntries(Temp.Path, "*", SearchOption.AllDirectories).Where(path => path != Target && !path.StartsWith(Target + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .Should().BeEquivalentTo(Temp.File("area"), Temp.File("area/beside.txt"), Temp.File("outside.txt"));
        File.ReadAllText(Temp.File("area/beside.txt")).Should().Be("untouched");
        Temp.Dispose();
    }

    protected Task<IReadOnlyList<Finding>> ExtractAsync(CraftedArchive archive, ArchiveLimits? limits = null) => ExtractAsync(archive.ToBytes(), limits);

    protected async Task<IReadOnlyList<Finding>> ExtractAsync(byte[] archive, ArchiveLimits? limits = null)
    {
        using var stream = new MemoryStream(archive);
        return await PluginArchive.ExtractAsync(stream, Target, limits, CancellationToken.None);
    }

    /// <summary>The archive is refused by this code, in words that can be printed, and nothing of it is left.</summary>
    protected async Task<Finding> RefusesAsync(string code, CraftedArchive archive, ArchiveLimits? limits = null)
    {
        var findings = await ExtractAsync(archive, limits);

        findings.Should().NotBeEmpty().And.OnlyContain(f => f.Severity == FindingSeverity.Error && f.Remedy.Length > 0);
        findings.Select(static f => f.Code).Distinct().Should().Equal(code);
        findings.Should().OnlyContain(static f => !f.ToString().Any(char.IsControl) && f.Message.Length < 500);
        Directory.Exists(Target).Should().BeFalse("nothing is left after a refusal");
        return findings[0];
    }
}
