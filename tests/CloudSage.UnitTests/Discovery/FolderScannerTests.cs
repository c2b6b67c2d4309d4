using CloudSage.PluginHost;
using CloudSage.PluginHost.Discovery;
using CloudSage.UnitTests.Fixtures;

namespace CloudSage.UnitTests.Discovery;

public sealed class FolderScannerTests
{
    private TempFolder _temp = null!;

    [SetUp]
    public void SetUp() => _temp = new TempFolder();

    [TearDown]
    public void TearDown() => _temp.Dispose();

    private string Plugins => _temp.File("plugins");

    private FolderSnapshot Scan(CandidateLimits? limits = null)
        => new FolderScanner(new DiscoveryOptions { Directories = { Plugins } }, limits).Scan(CancellationToken.None);

    [Test]
    public void Folder_with_a_manifest_is_a_candidate_with_all_its_files_in_order()
    {
        _temp.Write("plugins/one/manifest.yaml", "x");
        _temp.Write("plugins/one/runtimes/linux-x64/native/libe.so", "y");
        _temp.Write("plugins/one/B.dll", "z");

        var candidate = Scan().Candidates.Should().ContainSingle().Subject;

        candidate.Kind.Should().Be(CandidateKind.Folder);
        candidate.Path.Should().Be(_temp.File("plugins/one"));
        candidate.Files.Select(f => f.RelativePath).Should().Equal("B.dll", "manifest.yaml", "runtimes/linux-x64/native/libe.so");
        candidate.Findings.Should().BeEmpty();
    }

    [TestCase("Plugin.dll", true)]
    [TestCase("Plugin.deps.json", true)]
    [TestCase("README.md", false)]
    public void Folder_without_a_manifest_is_a_candidate_only_if_it_looks_like_a_copy_under_way(string file, bool expected)
    {
        _temp.Write($"plugins/one/{file}", "x");

        Scan().Candidates.Should().HaveCount(expected ? 1 : 0);
    }

    [Test]
    public void Bare_assembly_takes_its_companions_and_nothing_else()
    {
        foreach (var name in (string[])["A.dll", "A.pdb", "A.deps.json", "A.manifest.yaml", "A.runtimeconfig.json", "A.xml", "B.dll"])
            _temp.Write($"plugins/{name}", "x");

        var candidates = Scan().Candidates;

        candidates.Select(c => Path.GetFileName(c.Path)).Should().Equal("A.dll", "B.dll");
        candidates[0].Files.Select(f => f.RelativePath).Should().Equal("A.deps.json", "A.dll", "A.manifest.yaml", "A.pdb", "A.runtimeconfig.json");
        candidates[0].Kind.Should().Be(CandidateKind.BareAssembly);
    }

    [TestCase(".hidden/manifest.yaml")]
    [TestCase("~copy/manifest.yaml")]
    [TestCase(".A.dll")]
    [TestCase("README.md")]
    public void Hidden_temporary_and_other_files_are_ignored(string file)
    {
        _temp.Write($"plugins/{file}", "x");

        var snapshot = Scan();

        snapshot.Candidates.Should().BeEmpty();
        snapshot.Findings.Should().BeEmpty();
    }

    [Test]
    public void Version_control_inside_a_plugin_is_no_part_of_it()
    {
        _temp.Write("plugins/one/manifest.yaml", "x");
        _temp.Write("plugins/one/.git/HEAD", "x");
        _temp.Write("plugins/one/.libs/libz.so", "x");

        Scan().Candidates[0].Files.Select(f => f.RelativePath).Should().Equal(".libs/libz.so", "manifest.yaml");
    }

    [Test]
    public void Missing_directory_is_a_warning_and_hides_no_other()
    {
        _temp.Write("plugins/one/manifest.yaml", "x");
        var options = new DiscoveryOptions { Directories = { _temp.File("absent"), Plugins, Plugins } };

        var snapshot = new FolderScanner(options).Scan(CancellationToken.None);

        snapshot.Candidates.Should().ContainSingle();
        snapshot.Findings.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = DiscoveryCodes.DirectoryMissing, Severity = FindingSeverity.Warning });
    }

    [Test]
    public void A_file_in_the_place_of_a_directory_is_called_so()
    {
        var file = _temp.Write("plugins.txt", "x");
        var finding = new FolderScanner(new DiscoveryOptions { Directories = { file } }).Scan(CancellationToken.None).Findings.Should().ContainSingle().Subject;
        finding.Should().BeEquivalentTo(new { Code = DiscoveryCodes.DirectoryMissing, Severity = FindingSeverity.Warning, Remedy = "Name a folder in the option Directories." });
        finding.Message.Should().EndWith("is a file.");
    }

    [TestCase("thing.zip")]
    [TestCase("Thing.1.0.0.NUPKG")]
    public void An_archive_is_a_candidate_of_one_file(string name)
    {
        _temp.Write($"plugins/{name}", "x");
        _temp.Write($"plugins/.{name}", "left alone: being prepared right there");

        var candidate = Scan().Candidates.Should().ContainSingle().Subject;

        candidate.Kind.Should().Be(CandidateKind.Archive);
        candidate.Files.Should().ContainSingle().Which.RelativePath.Should().Be(name);
    }

    [TestCase("thing.tar.gz", DiscoveryCodes.PackageIgnored, FindingSeverity.Info)]
    [TestCase("thing.7z", DiscoveryCodes.PackageIgnored, FindingSeverity.Info)]
    [TestCase("thing.manifest.yaml", DiscoveryCodes.ManifestWithoutAssembly, FindingSeverity.Warning)]
    public void Loose_files_that_someone_expects_to_work_are_told_of(string file, string code, FindingSeverity severity)
    {
        _temp.Write($"plugins/{file}", "x");

        Scan().Findings.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = code, Severity = severity });
    }

    [Test]
    public void Too_many_files_and_too_many_bytes_and_too_deep_are_refused()
    {
        _temp.Write("plugins/many/manifest.yaml", "x");
        for (var i = 0; i < 5; i++)
            _temp.Write($"plugins/many/{i}", "x");
        _temp.Write("plugins/large/manifest.yaml", new string('x', 2_000));
        _temp.Write("plugins/deep/manifest.yaml", "x");
        _temp.Write("plugins/deep/1/2/3/4/x", "x");

        var candidates = Scan(new CandidateLimits(Entries: 5, Bytes: 1_000, Depth: 3)).Candidates;

        candidates.Select(c => (Path.GetFileName(c.Path), c.Findings.Single().Code)).Should().Equal(
            ("deep", DiscoveryCodes.NestedTooDeep), ("large", DiscoveryCodes.TooLarge), ("many", DiscoveryCodes.TooManyFiles));
    }

    [Test]
    public void Fingerprint_changes_with_name_length_and_time_and_with_nothing_else()
    {
        var file = _temp.Write("plugins/one/manifest.yaml", "x");
        var prints = new List<string> { Scan().Candidates[0].Fingerprint };
        Scan().Candidates[0].Fingerprint.Should().Be(prints[0]);

        File.AppendAllText(file, "y");
        prints.Add(Scan().Candidates[0].Fingerprint);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-1));
        prints.Add(Scan().Candidates[0].Fingerprint);
        _temp.Write("plugins/one/new", "");
        prints.Add(Scan().Candidates[0].Fingerprint);

        prints.Should().OnlyHaveUniqueItems();
    }

    [Test]
    public void Rescan_sees_what_a_scan_sees_and_null_for_what_is_gone()
    {
        _temp.Write("plugins/one/manifest.yaml", "x");
        _temp.Write("plugins/A.dll", "x");
        var scanner = new FolderScanner(new DiscoveryOptions { Directories = { Plugins } });
        var seen = scanner.Scan(CancellationToken.None).Candidates;

        foreach (var candidate in seen)
            scanner.Rescan(candidate, CancellationToken.None).Should().BeEquivalentTo(candidate);

        Directory.Delete(Plugins, recursive: true);
        seen.Select(c => scanner.Rescan(c, CancellationToken.None)).Should().OnlyContain(c => c == null);
    }

    [Test]
    public void Cancelled_scan_stops()
    {
        _temp.Write("plugins/one/manifest.yaml", "x");
        var act = () => new FolderScanner(new DiscoveryOptions { Directories = { Plugins } }).Scan(new CancellationToken(true));

        act.Should().Throw<OperationCanceledException>();
    }
}
