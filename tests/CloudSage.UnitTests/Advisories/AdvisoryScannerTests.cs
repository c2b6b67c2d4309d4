using System.IO.Compression;
using CloudSage.PluginHost.Advisories;
using CloudSage.PluginHost.Advisories.Scanning;
using CloudSage.PluginHost.Advisories.Databases;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Advisories;

/// <summary>The verdict: what could not be looked at is never called clean.</summary>
public sealed class AdvisoryScannerTests
{
    private static readonly DateTimeOffset Today = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private string _folder = null!;
    private AdvisoryOptions _options = null!;
    private FakeTimeProvider _clock = null!;

    [SetUp]
    public void Create()
    {
        _folder = Directory.CreateTempSubdirectory("advisories-").FullName;
        _options = new AdvisoryOptions { Database = Folder("database") };
        _clock = new FakeTimeProvider(Today);
        Record("GHSA-aaaa", "lib", "2.0.0", "CVE-1");
        Requires("lib==1.0.0");
    }

    [TearDown]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void An_affected_package_is_vulnerable_and_says_what_mends_it()
    {
        var report = Scan();
        report.Verdict.Should().Be(AdvisoryVerdict.Vulnerable);
        var match = report.Matches.Single();
        match.Ids.Should().Equal("GHSA-aaaa", "CVE-1");
        match.FixedIn.Should().Be("2.0.0");
        match.Package.Should().Be(new ResolvedPackage(PackageEcosystem.PyPI, "lib", "1.0.0", "requirements.txt"));
        report.SnapshotDate.Should().Be(Today.AddDays(-1));
    }

    [Test]
    public void Nothing_found_in_a_fresh_database_is_clean()
    {
        Requires("lib==2.0.0");
        Scan().Verdict.Should().Be(AdvisoryVerdict.Clean);
    }

    [Test]
    public void Nothing_found_in_an_old_database_is_stale_and_a_match_still_counts()
    {
        _clock.Advance(TimeSpan.FromDays(10));
        Scan().Verdict.Should().Be(AdvisoryVerdict.Vulnerable);
        Requires("lib==2.0.0");
        Scan().Verdict.Should().Be(AdvisoryVerdict.DatabaseStale);
        _options.MaximumAge = TimeSpan.FromDays(30);
        Scan().Verdict.Should().Be(AdvisoryVerdict.Clean);
    }

    [Test, Description("Bad input 62")]
    public void A_record_that_is_dated_after_now_says_nothing_of_the_age()
    {
        Record("GHSA-bbbb", "unrelated", "2.0.0", "CVE-2", modified: new DateTimeOffset(2999, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Requires("lib==2.0.0");
        Scan().SnapshotDate.Should().Be(Today.AddDays(-1), "that is the newest record that can be");
        Scan().Verdict.Should().Be(AdvisoryVerdict.Clean);
        _clock.Advance(TimeSpan.FromDays(10));
        Scan().Verdict.Should().Be(AdvisoryVerdict.DatabaseStale);
    }

    [TestCase(23, AdvisoryVerdict.Clean)]
    [TestCase(25, AdvisoryVerdict.DatabaseStale)]
    [Description("Bad input 62")]
    public void A_database_with_nothing_but_dates_after_now_is_not_known_to_be_fresh_and_clocks_may_differ_by_a_day(int hours, AdvisoryVerdict verdict)
    {
        Record("GHSA-aaaa", "lib", "2.0.0", "CVE-1", modified: Today.AddHours(hours));
        Requires("lib==2.0.0");
        Scan().Verdict.Should().Be(verdict);
        Scan().SnapshotDate.HasValue.Should().Be(verdict == AdvisoryVerdict.Clean);
        Requires("lib==1.0.0");
        Scan().Verdict.Should().Be(AdvisoryVerdict.Vulnerable, "what is known counts, whatever its date");
    }

    [Test, Description("Bad input 62")]
    public void An_index_that_is_dated_after_now_says_nothing_of_the_age()
    {
        Requires("lib==2.0.0");
        var sound = AdvisoryDatabase.Open(_options.Database!, CancellationToken.None);
        WriteIndex(new SnapshotIndex(Today.AddYears(900), sound.Count, sound.Hash));
        Scan().SnapshotDate.Should().Be(Today.AddDays(-1), "the newest record tells");
        Scan().Verdict.Should().Be(AdvisoryVerdict.Clean);
        _clock.Advance(TimeSpan.FromDays(10));
        Scan().Verdict.Should().Be(AdvisoryVerdict.DatabaseStale);
        Record("GHSA-aaaa", "lib", "2.0.0", "CVE-1", modified: Today.AddYears(900));
        sound = AdvisoryDatabase.Open(_options.Database!, CancellationToken.None);
        WriteIndex(new SnapshotIndex(Today.AddYears(900), sound.Count, sound.Hash));
        Scan().Should().Match<AdvisoryReport>(static r => r.Verdict == AdvisoryVerdict.DatabaseStale && r.SnapshotDate == null);
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("no-such-folder")]
    [TestCase("damaged.zip")]
    [TestCase("empty.zip")]
    public void Without_a_database_nothing_is_clean(string? database)
    {
        File.WriteAllText(Path.Combine(_folder, "damaged.zip"), "this is no archive");
        File.WriteAllBytes(Path.Combine(_folder, "empty.zip"), []);
        Requires("lib==2.0.0");
        _options.Database = database is { Length: > 0 } ? Path.Combine(_folder, database) : database;
        var report = Scan();
        report.Verdict.Should().Be(AdvisoryVerdict.NotScanned);
        report.Unresolved.Should().ContainSingle().Which.Should().Contain("database");
    }

    [Test]
    public void An_unpinned_package_or_a_version_that_cannot_be_read_is_not_scanned()
    {
        Requires("lib==2.0.0\nother>1");
        Scan().Verdict.Should().Be(AdvisoryVerdict.NotScanned);
        Requires("lib==latest");
        var report = Scan();
        report.Verdict.Should().Be(AdvisoryVerdict.NotScanned);
        report.Unresolved.Should().ContainSingle().Which.Should().Contain("'latest'").And.Contain("GHSA-aaaa");
    }

    [Test]
    public void A_damaged_record_takes_the_word_clean_away()
    {
        File.WriteAllText(Path.Combine(_options.Database!, "broken.json"), "{ \"id\": ");
        Requires("lib==2.0.0");
        var report = Scan();
        report.Verdict.Should().Be(AdvisoryVerdict.NotScanned);
        report.Unresolved.Should().ContainSingle().Which.Should().Contain("'broken.json' is no OSV record");
    }

    [Test]
    public void Records_about_the_same_vulnerability_are_one_match_with_the_worst_severity_and_the_later_fix()
    {
        Record("PYSEC-1", "lib", "2.1.0", "CVE-1", severity: "CRITICAL");
        Record("GHSA-bbbb", "lib", "3.0.0", "CVE-2");
        var report = Scan();
        report.Matches.Should().HaveCount(2);
        report.Matches[0].Ids.Should().BeEquivalentTo("GHSA-aaaa", "CVE-1", "PYSEC-1");
        report.Matches[0].Severity.Should().Be(AdvisorySeverity.Critical);
        report.Matches[0].FixedIn.Should().Be("2.1.0");
    }

    [Test]
    public void A_waiver_holds_for_its_plugin_by_any_id_until_it_expires()
    {
        _options.Waivers.Add(new AdvisoryWaiver { Id = "cve-1", Reason = "not reachable", Expires = Today.AddDays(2), Plugin = "tenant" });
        var waived = Scan();
        waived.Verdict.Should().Be(AdvisoryVerdict.Clean);
        waived.Waived.Single().Waiver.Reason.Should().Be("not reachable");
        Scan("another").Verdict.Should().Be(AdvisoryVerdict.Vulnerable);
        _clock.Advance(TimeSpan.FromDays(2));
        var expired = Scan();
        expired.Verdict.Should().Be(AdvisoryVerdict.Vulnerable);
        expired.Matches.Single().Expired.Should().Be(_options.Waivers[0], "whoever reads the report must learn why it counts again");
        Scan("another").Matches.Single().Expired.Should().BeNull();
    }

    [Test]
    public void Of_several_waivers_the_one_that_holds_longest_counts()
    {
        foreach (var days in (int[])[-3, 2, 9, -1]) _options.Waivers.Add(new AdvisoryWaiver { Id = "CVE-1", Reason = "not reachable", Expires = Today.AddDays(days) });
        Scan().Waived.Single().Waiver.Expires.Should().Be(Today.AddDays(9));
        _clock.Advance(TimeSpan.FromDays(9));
        Scan().Matches.Single().Expired!.Expires.Should().Be(Today.AddDays(9));
    }

    [Test]
    public void An_index_vouches_for_its_records()
    {
        Requires("lib==2.0.0");
        var sound = AdvisoryDatabase.Open(_options.Database!, CancellationToken.None);
        WriteIndex(new SnapshotIndex(Today, sound.Count, sound.Hash));
        Scan().SnapshotDate.Should().Be(Today);
        Scan().Verdict.Should().Be(AdvisoryVerdict.Clean);

        WriteIndex(new SnapshotIndex(Today, sound.Count + 1, sound.Hash));
        Scan().Unresolved.Should().ContainSingle().Which.Should().Contain("counts 2 records, 1 are there");
        WriteIndex(new SnapshotIndex(Today, sound.Count, new string('0', 64)));
        Scan().Unresolved.Should().ContainSingle().Which.Should().Contain("hash is another");
        File.WriteAllText(Path.Combine(_options.Database!, SnapshotIndex.FileName), "{}");
        Scan().Unresolved.Should().ContainSingle().Which.Should().Contain("'index.json' is damaged");
    }

    [Test]
    public void An_archive_says_the_same_as_its_folder()
    {
        var archive = Path.Combine(_folder, "database.zip");
        ZipFile.CreateFromDirectory(_options.Database!, archive);
        var hash = AdvisoryDatabase.Open(_options.Database!, CancellationToken.None).Hash;
        AdvisoryDatabase.Open(archive, CancellationToken.None).Hash.Should().Be(hash);
        _options.Database = archive;
        Scan().Matches.Single().Ids.Should().Contain("GHSA-aaaa");
    }

    [Test]
    public void A_record_that_inflates_without_end_is_damage()
    {
        var archive = Path.Combine(_folder, "bomb.zip");
        using (var zip = ZipFile.Open(archive, ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry("bomb.json", CompressionLevel.Fastest).Open();
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 9; i++) entry.Write(zeros);
        }

        _options.Database = archive;
        var report = Scan();
        report.Verdict.Should().Be(AdvisoryVerdict.NotScanned);
        report.Unresolved.Should().ContainSingle().Which.Should().Contain("longer than");
    }

    [Test]
    public void A_database_that_is_exchanged_is_read_again()
    {
        Scan().Verdict.Should().Be(AdvisoryVerdict.Vulnerable);
        Directory.Delete(_options.Database!, recursive: true);
        Folder("database");
        Record("GHSA-zzzz", "unrelated", "2.0.0", "CVE-9");
        Directory.SetLastWriteTimeUtc(_options.Database!, Today.UtcDateTime);
        Scan().Verdict.Should().Be(AdvisoryVerdict.Clean);
    }

    private AdvisoryReport Scan(string plugin = "tenant")
        => new AdvisoryScanner(new Monitor(_options), _clock).Scan(plugin, Path.Combine(_folder, "plugin"), "main.py", CancellationToken.None);

    private void Requires(string requirements) => File.WriteAllText(Path.Combine(Folder("plugin"), "requirements.txt"), requirements + "\n");

    private void WriteIndex(SnapshotIndex index) => File.WriteAllBytes(Path.Combine(_options.Database!, SnapshotIndex.FileName), index.ToJson());

    private void Record(string id, string package, string fixedIn, string alias, string severity = "MODERATE", DateTimeOffset? modified = null)
        => File.WriteAllText(Path.Combine(_options.Database!, id + ".json"), $$"""
            { "id": "{{id}}", "modified": "{{modified ?? Today.AddDays(-1):O}}", "aliases": [ "{{alias}}" ], "summary": "bad",
              "database_specific": { "severity": "{{severity}}" },
              "affected": [ { "package": { "ecosystem": "PyPI", "name": "{{package}}" },
                "ranges": [ { "type": "ECOSYSTEM", "events": [ { "introduced": "0" }, { "fixed": "{{fixedIn}}" } ] } ] } ] }
            """);

    private string Folder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    private sealed class Monitor(AdvisoryOptions options) : IOptionsMonitor<AdvisoryOptions>
    {
        public AdvisoryOptions CurrentValue => options;

        public AdvisoryOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<AdvisoryOptions, string?> listener) => null;
    }
}
