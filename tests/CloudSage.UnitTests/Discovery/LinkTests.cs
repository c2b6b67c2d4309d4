using CloudSage.PluginHost.Discovery;
using CloudSage.UnitTests.Fixtures;

namespace CloudSage.UnitTests.Discovery;

public sealed class LinkTests
{
    private TempFolder _temp = null!;

    [SetUp]
    public void SetUp()
    {
        _temp = new TempFolder();
        _temp.Write("plugins/one/manifest.yaml", "x");
        _temp.Write("outside/secret.dll", "secret");
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Making links needs a privilege on Windows.");
    }

    [TearDown]
    public void TearDown() => _temp.Dispose();

    private PluginCandidate ScanOne()
        => new FolderScanner(new DiscoveryOptions { Directories = { _temp.File("plugins") } }).Scan(CancellationToken.None).Candidates.Single();

    [Test]
    public void File_linked_to_the_outside_is_refused_and_not_listed()
    {
        File.CreateSymbolicLink(_temp.File("plugins/one/lib.dll"), _temp.File("outside/secret.dll"));

        var candidate = ScanOne();

        candidate.Findings.Should().ContainSingle(f => f.Code == DiscoveryCodes.LinkLeavesDirectory).Which.Location!.File.Should().Be("lib.dll");
        candidate.Files.Select(f => f.RelativePath).Should().Equal("manifest.yaml");
    }

    [Test]
    public void Folder_linked_to_the_outside_is_refused_as_candidate_and_as_subfolder()
    {
        Directory.Delete(_temp.File("plugins/one"), recursive: true);
        Directory.CreateSymbolicLink(_temp.File("plugins/one"), _temp.File("outside"));
        ScanOne().Findings.Should().ContainSingle(f => f.Code == DiscoveryCodes.LinkLeavesDirectory);

        Directory.Delete(_temp.File("plugins/one"));
        _temp.Write("plugins/one/manifest.yaml", "x");
        Directory.CreateSymbolicLink(_temp.File("plugins/one/lib"), "../../outside");
        ScanOne().Findings.Should().ContainSingle(f => f.Code == DiscoveryCodes.LinkLeavesDirectory);
    }

    [Test]
    public void Link_by_way_of_another_link_to_the_outside_is_refused()
    {
        Directory.CreateSymbolicLink(_temp.File("plugins/.door"), _temp.File("outside"));
        File.CreateSymbolicLink(_temp.File("plugins/one/lib.dll"), "../.door/secret.dll");

        ScanOne().Findings.Should().ContainSingle(f => f.Code == DiscoveryCodes.LinkLeavesDirectory);
    }

    [Test]
    public void Neighbour_whose_name_begins_like_the_directory_is_outside()
    {
        _temp.Write("plugins-old/lib.dll", "x");
        File.CreateSymbolicLink(_temp.File("plugins/one/lib.dll"), _temp.File("plugins-old/lib.dll"));

        ScanOne().Findings.Should().ContainSingle(f => f.Code == DiscoveryCodes.LinkLeavesDirectory);
    }

    [Test]
    public void Link_inside_the_directory_is_followed()
    {
        _temp.Write("plugins/.versions/2/lib.dll", "1234");
        Directory.CreateSymbolicLink(_temp.File("plugins/one/lib"), "../.versions/2");

        var candidate = ScanOne();

        candidate.Findings.Should().BeEmpty();
        candidate.Files.Single(f => f.RelativePath == "lib/lib.dll").Length.Should().Be(4);
    }

    [Test]
    public void Plugin_directory_that_is_itself_a_link_is_fine()
    {
        Directory.Move(_temp.File("plugins"), _temp.File("real"));
        Directory.CreateSymbolicLink(_temp.File("plugins"), _temp.File("real"));
        Directory.CreateSymbolicLink(_temp.File("plugins/one/self"), ".");

        var candidate = ScanOne();

        candidate.Findings.Should().BeEmpty();
        candidate.Files.Select(f => f.RelativePath).Should().Equal("manifest.yaml");
    }

    [Test]
    public void Loops_and_broken_links_do_no_harm()
    {
        Directory.CreateSymbolicLink(_temp.File("plugins/one/up"), "..");
        File.CreateSymbolicLink(_temp.File("plugins/one/a"), "b");
        File.CreateSymbolicLink(_temp.File("plugins/one/b"), "a");
        File.CreateSymbolicLink(_temp.File("plugins/one/gone"), "nowhere");

        var candidate = ScanOne();

        candidate.Findings.Select(f => f.Code).Should().Equal(Enumerable.Repeat(DiscoveryCodes.LinkBroken, 3));
        candidate.Files.Should().Contain(f => f.RelativePath == "manifest.yaml");
    }

    [Test]
    public void Turning_a_link_to_the_outside_changes_the_fingerprint()
    {
        _temp.Write("plugins/.versions/lib.dll", "secret");
        File.CreateSymbolicLink(_temp.File("plugins/one/lib.dll"), "../.versions/lib.dll");
        var before = ScanOne().Fingerprint;

        File.Delete(_temp.File("plugins/one/lib.dll"));
        File.CreateSymbolicLink(_temp.File("plugins/one/lib.dll"), _temp.File("outside/secret.dll"));

        ScanOne().Fingerprint.Should().NotBe(before);
    }
}
