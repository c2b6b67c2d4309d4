using System.IO.Compression;
using CloudSage.PackageTests.Feeds;

namespace CloudSage.PackageTests.Installing;

/// <summary>A folder is there whole or not at all, and only of what was planned.</summary>
internal sealed class PreparationTests : PackageTests
{
    private static readonly MadePackage Good = new("Made.One");

    [Test, CancelAfter(Limit), Description("Bad input 64")]
    public async Task What_a_killed_process_left_is_removed_and_what_another_makes_is_not(CancellationToken cancellationToken)
    {
        Put(Good);
        var (left, held) = (Path.Combine(Incoming, "left"), Path.Combine(Incoming, "held"));
        foreach (var folder in (string[])[left, held]) File.WriteAllText(Path.Combine(Directory.CreateDirectory(folder).FullName, "half.dll"), "half");
        await File.WriteAllTextAsync(left + ".live", "", cancellationToken);
        using (new FileStream(held + ".live", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            await InstallAsync("Made.One");

        Directory.EnumerateFileSystemEntries(Plugins.Path).Select(Path.GetFileName).Should().BeEquivalentTo("made-one", ".cloudsage");
        Directory.EnumerateFileSystemEntries(Incoming).Select(Path.GetFileName).Should().BeEquivalentTo("held", "held.live");
    }

    [Test, CancelAfter(Limit), Description("Bad input 64")]
    public async Task A_cancelled_preparation_leaves_nothing(CancellationToken cancellationToken)
    {
        Put(Good);
        var plan = await ResolveAsync("Made.One");

        await Packages.Invoking(p => p.PrepareAsync(plan, Plugins.Path, new CancellationToken(canceled: true))).Should().ThrowAsync<OperationCanceledException>();

        ShouldBeEmpty();
    }

    [Test, CancelAfter(Limit)]
    public async Task A_prepared_folder_that_is_not_taken_is_gone_when_it_is_given_up(CancellationToken cancellationToken)
    {
        Put(Good);
        using (var prepared = (await Packages.PrepareAsync(await ResolveAsync("Made.One"), Plugins.Path, cancellationToken)).Plugin!)
        {
            Directory.Exists(prepared.Folder).Should().BeTrue();
            Path.GetRelativePath(Plugins.Path, prepared.Folder).Should().StartWith(".", "discovery looks into no hidden folder");
        }

        ShouldBeEmpty();
    }

    [Test, CancelAfter(Limit), Description("Bad input 25")]
    public async Task A_package_that_changes_after_the_plan_is_refused(CancellationToken cancellationToken)
    {
        Put(Good);
        var plan = await ResolveAsync("Made.One");
        await FlipAsync(Cached(), cancellationToken);

        var preparation = await Packages.PrepareAsync(plan, Plugins.Path, cancellationToken);

        preparation.Plugin.Should().BeNull();
        preparation.Findings.Should().Contain(static f => f.Code == "CSG2652");
        (await ResolveAsync("Made.One")).Findings.Should().Contain(static f => f.Code == "CSG2609", "the cache says so itself");
        ShouldBeEmpty();
    }

    [TestCase("../../evil.dll"), TestCase("/evil.dll"), TestCase("lib/net10.0/..\\evil.dll"), TestCase("C:/evil.dll"), TestCase("lib/net10.0/%2e%2e/%2e%2e/%2e%2e/evil.dll"), CancelAfter(Limit)]
    [Description("Bad input 18")]
    public async Task A_name_that_leads_out_of_the_package_is_refused(string name, CancellationToken cancellationToken)
    {
        await AppendAsync(Put(Good), name, static entry => entry.WriteByte(1), cancellationToken);

        await IsRefusedAsync();
    }

    [Test, CancelAfter(Limit), Description("Bad input 19")]
    public async Task A_bomb_is_refused_before_it_is_kept(CancellationToken cancellationToken)
    {
        await AppendAsync(Put(Good), "lib/net10.0/bomb.dll", static entry =>
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 64; i++) entry.Write(zeros);
        }, cancellationToken);

        await IsRefusedAsync("CSG2651");
    }

    [TestCase("lib/net10.0/Made.dll"), TestCase("lib/net10.0/MADE.dll"), CancelAfter(Limit), Description("Bad input 20")]
    public async Task A_name_that_is_there_twice_is_refused(string name, CancellationToken cancellationToken)
    {
        await AppendAsync(Put(Good), name, static entry => entry.WriteByte(1), cancellationToken);

        await IsRefusedAsync();
    }

    [Test, CancelAfter(Limit), Description("Bad input 21")]
    public async Task A_link_is_refused(CancellationToken cancellationToken)
    {
        await AppendAsync(Put(Good), "lib/net10.0/link", static entry => entry.Write("/etc/passwd"u8), cancellationToken, attributes: unchecked((int)0xA1FF0000));

        await IsRefusedAsync();
    }

    private async Task IsRefusedAsync(string? code = null)
    {
        var plan = await ResolveAsync("Made.One", "1.0.0");
        plan.IsReady.Should().BeFalse();
        plan.Findings.Should().Contain(f => f.Severity == FindingSeverity.Error && (code == null || f.Code == code), "{0}", string.Join(" ", plan.Findings));
        Directory.Exists(Path.Combine(Place.Root, "cache", "made.one")).Should().BeFalse("what is refused is not kept");
    }

    private void ShouldBeEmpty()
    {
        Directory.EnumerateFileSystemEntries(Plugins.Path).Select(Path.GetFileName).Should().BeSubsetOf([".cloudsage"]);
        if (Directory.Exists(Incoming)) Directory.EnumerateFileSystemEntries(Incoming).Should().BeEmpty();
    }

    private string Cached() => Path.Combine(Place.Root, "cache", "made.one", "1.0.0", "made.one.1.0.0.nupkg");

    private static async Task FlipAsync(string path, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        bytes[10] ^= 0x20;
        await File.WriteAllBytesAsync(path, bytes, cancellationToken);
    }

    private static async Task AppendAsync(string package, string name, Action<Stream> write, CancellationToken cancellationToken, int attributes = 0)
    {
        await using var archive = await ZipFile.OpenAsync(package, ZipArchiveMode.Update, cancellationToken);
        var entry = archive.CreateEntry(name);
        entry.ExternalAttributes = attributes;
        await using var content = await entry.OpenAsync(cancellationToken);
        write(content);
    }
}
