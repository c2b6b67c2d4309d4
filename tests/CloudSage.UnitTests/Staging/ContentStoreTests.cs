using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Staging;
using CloudSage.UnitTests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudSage.UnitTests.Staging;

public sealed class ContentStoreTests
{
    private TempFolder _temp = null!;
    private FolderScanner _scanner = null!;
    private ContentStore _store = null!;

    [SetUp]
    public void SetUp()
    {
        _temp = new TempFolder();
        _scanner = new FolderScanner(new DiscoveryOptions { Directories = { _temp.File("plugins") } });
        _store = Open()!;
        _temp.Write("plugins/one/manifest.yaml", "name: one");
        _temp.Write("plugins/one/lib/A.dll", new byte[300_000]);
        _temp.Write("plugins/one/B.dll", "b");
    }

    [TearDown]
    public void TearDown()
    {
        _store.Dispose();
        _temp.Dispose();
    }

    private StagingOptions Options => new() { StoreDirectory = _temp.File("store") };

    private ContentStore? Open() => ContentStore.Open(Options, _scanner, NullLogger<ContentStore>.Instance).Value;

    private PluginCandidate Candidate(string name = "one")
        => _scanner.Scan(CancellationToken.None).Candidates.Single(c => Path.GetFileName(c.Path) == name);

    private async Task<StagedPlugin> StageAsync(string name = "one")
    {
        var result = await _store.StageAsync(Candidate(name), CancellationToken.None);
        result.Findings.Should().BeEmpty();
        return result.Value!;
    }

    private void NothingIsLeft() => Directory.GetFileSystemEntries(_temp.File("store/.incoming")).Should().BeEmpty();

    private void NoEntryIsLeft()
    {
        NothingIsLeft();
        Directory.GetDirectories(_temp.File("store")).Select(Path.GetFileName).Should().Equal(".incoming");
    }

    [Test]
    public async Task Staged_files_are_the_candidates_own_under_their_hash()
    {
        var staged = await StageAsync();

        staged.Hash.Should().MatchRegex("^[0-9a-f]{64}$");
        staged.Directory.Should().Be(_temp.File($"store/{staged.Hash}"));
        staged.Files.Select(f => (f.RelativePath, f.Length)).Should().Equal(("B.dll", 1), ("lib/A.dll", 300_000), ("manifest.yaml", 9));
        staged.Files[0].Sha256.Should().Be("3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d", "that is the SHA-256 of 'b'");
        File.ReadAllText(Path.Combine(staged.Directory, "manifest.yaml")).Should().Be("name: one");
        File.ReadAllBytes(Path.Combine(staged.Directory, "lib", "A.dll")).Should().HaveCount(300_000);
        NothingIsLeft();
    }

    [Test]
    public async Task Staged_files_are_read_only_and_programs_stay_programs()
    {
        var program = _temp.Write("plugins/one/run", "#!/bin/sh");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var staged = await StageAsync();

        foreach (var file in staged.Files)
            File.GetAttributes(Path.Combine(staged.Directory, file.RelativePath)).Should().HaveFlag(FileAttributes.ReadOnly);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(staged.Directory, "run")).Should().HaveFlag(UnixFileMode.UserExecute);
            File.GetUnixFileMode(Path.Combine(staged.Directory, "B.dll")).Should().NotHaveFlag(UnixFileMode.UserExecute);
        }
    }

    [Test]
    public async Task Hash_depends_on_content_and_names_and_not_on_place_or_time()
    {
        var first = await StageAsync();
        Directory.Move(_temp.File("plugins/one"), _temp.File("plugins/two"));
        File.SetLastWriteTimeUtc(_temp.File("plugins/two/B.dll"), DateTime.UtcNow.AddYears(-1));
        (await StageAsync("two")).Should().BeEquivalentTo(first);

        File.Move(_temp.File("plugins/two/B.dll"), _temp.File("plugins/two/C.dll"));
        var renamed = await StageAsync("two");
        _temp.Write("plugins/two/C.dll", "c");
        var changed = await StageAsync("two");
        new[] { first.Hash, renamed.Hash, changed.Hash }.Should().OnlyHaveUniqueItems();
    }

    [Test]
    public async Task Bare_assembly_takes_its_sidecar_under_its_own_name()
    {
        _temp.Write("plugins/P.dll", "p");
        _temp.Write("plugins/P.manifest.yaml", "name: p");

        (await StageAsync("P.dll")).Files.Select(f => f.RelativePath).Should().Equal("P.dll", "P.manifest.yaml");
    }

    [Test]
    public async Task Same_content_staged_at_once_from_many_places_is_one_entry()
    {
        for (var i = 0; i < 8; i++)
        {
            _temp.Write($"plugins/copy{i}/manifest.yaml", "same");
            _temp.Write($"plugins/copy{i}/P.dll", new byte[50_000]);
        }

        var results = await Task.WhenAll(_scanner.Scan(CancellationToken.None).Candidates
            .Where(c => c.Path.Contains("copy", StringComparison.Ordinal))
            .Select(c => Task.Run(() => _store.StageAsync(c, CancellationToken.None))));

        results.Select(r => r.Value!.Hash).Distinct().Should().ContainSingle();
        NothingIsLeft();
    }

    [TestCase("replaced")]
    [TestCase("appended")]
    [TestCase("deleted")]
    [TestCase("added")]
    [TestCase("gone")]
    public async Task Changed_since_the_scan_is_refused_and_leaves_nothing(string change)
    {
        var candidate = Candidate();
        switch (change)
        {
            case "replaced":
                _temp.Write("plugins/one/B.dll.new", "c");
                File.SetLastWriteTimeUtc(_temp.File("plugins/one/B.dll.new"), DateTime.UtcNow.AddSeconds(2));
                File.Move(_temp.File("plugins/one/B.dll.new"), _temp.File("plugins/one/B.dll"), overwrite: true);
                break;
            case "appended":
                File.AppendAllText(_temp.File("plugins/one/B.dll"), "more");
                break;
            case "deleted":
                File.Delete(_temp.File("plugins/one/B.dll"));
                break;
            case "added":
                _temp.Write("plugins/one/C.dll", "c");
                break;
            default:
                Directory.Delete(_temp.File("plugins/one"), recursive: true);
                break;
        }

        var result = await _store.StageAsync(candidate, CancellationToken.None);

        result.Value.Should().BeNull();
        result.Findings.Should().ContainSingle().Which.Code.Should().Be(StagingCodes.ChangedWhileStaging);
        NoEntryIsLeft();
    }

    [Test]
    public async Task File_held_by_its_writer_is_changed_not_broken()
    {
        var candidate = Candidate();
        using var held = new FileStream(_temp.File("plugins/one/B.dll"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        (await _store.StageAsync(candidate, CancellationToken.None)).Findings.Single().Code.Should().Be(StagingCodes.ChangedWhileStaging);

        NoEntryIsLeft();
    }

    [Test]
    public async Task Link_turned_to_the_outside_since_the_scan_is_refused()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Making links needs a privilege on Windows.");
        var candidate = Candidate();
        File.Delete(_temp.File("plugins/one/B.dll"));
        File.CreateSymbolicLink(_temp.File("plugins/one/B.dll"), _temp.Write("outside", "s"));

        var result = await _store.StageAsync(candidate, CancellationToken.None);

        result.Findings.Should().ContainSingle().Which.Code.Should().Be(DiscoveryCodes.LinkLeavesDirectory);
        NoEntryIsLeft();
    }

    [Test]
    public async Task Candidate_with_errors_is_not_read()
    {
        var refused = CloudSage.PluginHost.Finding.Error("CSG1099", "no", "never");

        (await _store.StageAsync(Candidate() with { Findings = [refused] }, CancellationToken.None)).Findings.Should().Equal(refused);
    }

    [Test]
    public async Task Cancelled_staging_leaves_nothing()
    {
        var act = () => _store.StageAsync(Candidate(), new CancellationToken(true));

        await act.Should().ThrowAsync<OperationCanceledException>();
        NoEntryIsLeft();
    }

    [Test]
    public async Task Store_that_cannot_be_written_is_a_finding()
    {
        Directory.Delete(_temp.File("store/.incoming"));
        _temp.Write("store/.incoming", "a file where the folder should be");

        var result = await _store.StageAsync(Candidate(), CancellationToken.None);

        result.Findings.Should().ContainSingle().Which.Code.Should().Be(StagingCodes.StoreUnwritable);
    }

    [TestCase("altered")]
    [TestCase("missing")]
    [TestCase("added")]
    public async Task Altered_entry_is_found_out_and_replaced(string damage)
    {
        var staged = await StageAsync();
        var file = Path.Combine(staged.Directory, "B.dll");
        File.Delete(file);
        if (damage != "missing")
            File.WriteAllText(file, damage == "altered" ? "x" : "b");
        if (damage == "added")
            File.WriteAllText(Path.Combine(staged.Directory, "evil.dll"), "x");

        var result = await _store.StageAsync(Candidate(), CancellationToken.None);

        result.Value!.Hash.Should().Be(staged.Hash);
        result.Findings.Should().ContainSingle().Which.Code.Should().Be(StagingCodes.StoreEntryDamaged);
        File.ReadAllText(file).Should().Be("b");
        File.Exists(Path.Combine(staged.Directory, "evil.dll")).Should().BeFalse();
        NothingIsLeft();
    }

    [Test]
    public async Task Unused_entries_are_removed_and_used_and_foreign_ones_stay()
    {
        var first = await StageAsync();
        _temp.Write("plugins/one/B.dll", "c");
        var second = await StageAsync();
        _temp.Write("store/of-somebody-else/file", "x");

        _store.RemoveUnused(new HashSet<string> { second.Hash }).Should().Equal(first.Hash);

        Directory.Exists(first.Directory).Should().BeFalse();
        Directory.Exists(second.Directory).Should().BeTrue();
        File.Exists(_temp.File("store/of-somebody-else/file")).Should().BeTrue();
        NothingIsLeft();
    }

    [Test]
    public void Second_host_on_the_store_is_refused_by_name_until_the_first_ends()
    {
        var second = ContentStore.Open(Options, _scanner, NullLogger<ContentStore>.Instance);

        var finding = second.Findings.Should().ContainSingle().Subject;
        finding.Code.Should().Be(StagingCodes.StoreInUse);
        finding.Message.Should().Contain($"process {Environment.ProcessId}");
        _store.Dispose();
        _store = Open()!;
        _store.Should().NotBeNull();
    }

    [Test]
    public async Task Leftovers_of_a_crash_are_cleared_and_finished_entries_kept()
    {
        var staged = await StageAsync();
        _store.Dispose();
        _temp.Write("store/.incoming/abc/lib/half.dll", "x");

        _store = Open()!;

        NothingIsLeft();
        Directory.Exists(staged.Directory).Should().BeTrue();
    }

    [Test]
    public void Store_at_the_place_of_a_file_is_a_finding()
    {
        var file = _temp.Write("occupied", "x");

        ContentStore.Open(new StagingOptions { StoreDirectory = file }, _scanner, NullLogger<ContentStore>.Instance)
            .Findings.Should().ContainSingle().Which.Code.Should().Be(StagingCodes.StoreUnusable);
    }
}
