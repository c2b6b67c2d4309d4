using CloudSage.PluginHost;
using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Staging;
using CloudSage.UnitTests.Staging.Archives;

namespace CloudSage.UnitTests.Staging;

internal sealed class CandidateStagingTests : StagedArchiveFixture
{
    private static CraftedArchive Zip(string top = "") => new CraftedArchive().Add($"{top}manifest.yaml", "name: a").Add($"{top}lib/A.dll", "a");

    [Test]
    public async Task An_archive_has_the_hash_of_the_folder_that_it_packs()
    {
        Temp.Write("plugins/folder/manifest.yaml", "name: a");
        Temp.Write("plugins/folder/lib/A.dll", "a");
        var folder = await StageAsync(Candidate("folder"), CancellationToken.None);

        var atTop = await StageAsync("top.zip", Zip().ToBytes());
        var inFolder = await StageAsync("inside.zip", Zip("a-1.0.0/").ToBytes());

        folder.Value!.Files.Select(static f => f.RelativePath).Should().Equal("lib/A.dll", "manifest.yaml");
        new[] { atTop.Value!.Hash, inFolder.Value!.Hash }.Should().AllBe(folder.Value.Hash);
    }

    [Test]
    public async Task What_macOS_adds_is_no_part_of_the_plugin()
        => (await FilesOfAsync("mac.zip", Zip("a/").Add("__MACOSX/a/._manifest.yaml").Add("a/.DS_Store").ToBytes())).Should().Equal("lib/A.dll", "manifest.yaml");

    [Test]
    public async Task Only_one_folder_at_the_top_is_taken_away()
    {
        (await FilesOfAsync("two.zip", Zip("a/").Add("b/x.txt").ToBytes())).Should().Equal("a/lib/A.dll", "a/manifest.yaml", "b/x.txt");
        (await FilesOfAsync("deep.zip", Zip("a/b/").ToBytes())).Should().Equal("b/lib/A.dll", "b/manifest.yaml");
    }

    [Test]
    public async Task A_refused_archive_leaves_nothing()
        => (await RefusesAsync("evil.zip", Zip().Add("../evil.txt").ToBytes())).Code.Should().Be("CSG1221");

    [Test]
    public async Task An_archive_that_changed_since_the_scan_is_looked_at_again()
    {
        Temp.Write("plugins/a.zip", Zip().ToBytes());
        var seen = Candidate("a.zip");
        Temp.Write("plugins/a.zip", Zip().Add("more.txt").ToBytes());

        (await StageAsync(seen, CancellationToken.None)).Findings.Should().ContainSingle().Which.Code.Should().Be(StagingCodes.ChangedWhileStaging);
    }

    [Test]
    [Description("Bad input 28")]
    public async Task An_archive_that_is_a_link_to_the_outside_is_refused()
    {
        Temp.Write("a.zip", Zip().ToBytes());
        File.CreateSymbolicLink(Temp.File("plugins/a.zip"), Temp.File("a.zip"));

        (await StageAsync(Candidate("a.zip"), CancellationToken.None)).Findings.Should().ContainSingle().Which.Code.Should().Be(DiscoveryCodes.LinkLeavesDirectory);
    }

    [Test]
    public async Task The_first_unpacker_that_can_takes_an_archive()
    {
        var blind = new Unpacker((_, _, _) => throw new InvalidOperationException("must not be asked")) { Can = false };
        var able = new Unpacker(static (archive, folder, _) =>
        {
            Path.GetFileName(archive).Should().Be("a.nupkg");
            Directory.Exists(folder).Should().BeFalse();
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "made.txt"), "made");
            return Task.FromResult<IReadOnlyList<Finding>>([Finding.Warning("CSG9999", "old", "renew")]);
        });

        var staged = await StageAsync("a.nupkg", Zip().ToBytes(), blind, able);

        staged.Value!.Files.Should().ContainSingle().Which.RelativePath.Should().Be("made.txt");
        staged.Findings.Should().ContainSingle().Which.Code.Should().Be("CSG9999");
    }

    [Test]
    public async Task An_unpacker_that_refuses_fails_or_does_nothing_refuses_the_plugin()
    {
        (await RefusesAsync("a.zip", Zip().ToBytes(), new Unpacker(static (_, folder, _) =>
        {
            Directory.CreateDirectory(folder);
            return Task.FromResult<IReadOnlyList<Finding>>([Finding.Error("CSG9999", "no", "yes")]);
        }))).Code.Should().Be("CSG9999");

        var failed = await RefusesAsync("a.zip", Zip().ToBytes(), new Unpacker(static (_, folder, _) =>
        {
            Directory.CreateDirectory(folder);
            throw new InvalidOperationException("the feed\r\nis away");
        }));
        failed.Code.Should().Be(StagingCodes.UnpackingFailed);
        failed.Message.Should().Contain("InvalidOperationException: the feed\\u000d\\u000ais away");

        (await RefusesAsync("a.zip", Zip().ToBytes(), new Unpacker(static (_, _, _) => Task.FromResult<IReadOnlyList<Finding>>([])))).Code.Should().Be(StagingCodes.UnpackingFailed);
    }

    [Test]
    [Description("Bad input 21")]
    public async Task A_link_that_an_unpacker_makes_is_not_followed_to_the_outside()
    {
        var secret = Temp.Write("secret.txt", "secret");

        var finding = await RefusesAsync("a.zip", Zip().ToBytes(), new Unpacker((_, folder, _) =>
        {
            Directory.CreateDirectory(folder);
            File.CreateSymbolicLink(Path.Combine(folder, "manifest.yaml"), secret);
            return Task.FromResult<IReadOnlyList<Finding>>([]);
        }));

        finding.Code.Should().Be(DiscoveryCodes.LinkLeavesDirectory);
    }

    [Test]
    public async Task A_cancelled_unpacking_leaves_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        Temp.Write("plugins/a.zip", Zip().ToBytes());

        var staging = () => StageAsync(Candidate("a.zip"), cancellation.Token, new Unpacker(async (_, folder, token) =>
        {
            Directory.CreateDirectory(folder);
            await cancellation.CancelAsync();
            token.ThrowIfCancellationRequested();
            return [];
        }));

        await staging.Should().ThrowAsync<OperationCanceledException>();
    }

    private sealed class Unpacker(Func<string, string, CancellationToken, Task<IReadOnlyList<Finding>>> unpack) : IPluginUnpacker
    {
        public bool Can { get; init; } = true;

        public bool CanUnpack(string path) => Can;

        public Task<IReadOnlyList<Finding>> UnpackAsync(string archive, string folder, CancellationToken cancellationToken) => unpack(archive, folder, cancellationToken);
    }
}
