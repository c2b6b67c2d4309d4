using System.IO.Compression;
using CloudSage.PluginHost.Advisories;
using CloudSage.PluginHost.Advisories.Databases;
using CloudSage.PluginHost.Advisories.Scanning;
using CloudSage.PluginHost.Advisories.Watching;
using CloudSage.UnitTests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Advisories;

/// <summary>Whatever a judgement rests on is noticed when it changes, and nothing is told while it does not.</summary>
public sealed class AdvisoryWatchTests
{
    private static readonly DateTimeOffset Today = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private TempFolder _folder = null!;
    private FakeTimeProvider _clock = null!;
    private Settings _settings = null!;
    private AdvisoryScanner _scanner = null!;
    private AdvisoryWatch _watch = null!;

    private string Database => _folder.File("database");

    [SetUp]
    public void Create()
    {
        _folder = new TempFolder();
        _clock = new FakeTimeProvider(Today);
        _settings = new Settings { CurrentValue = new AdvisoryOptions { Database = Database } };
        AdvisoryFolder.Record(Database, "GHSA-aaaa", "lib", "2.0.0", Today.AddDays(-1));
        _scanner = new AdvisoryScanner(_settings, _clock);
        _watch = new AdvisoryWatch(_scanner, _settings, _clock, NullLogger<AdvisoryWatch>.Instance);
        _watch.Look(CancellationToken.None);
    }

    [TearDown]
    public void Delete()
    {
        _watch.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void Options_that_change_before_the_first_look_are_noticed([Values] bool changed)
    {
        using var watch = new AdvisoryWatch(_scanner, _settings, _clock, NullLogger<AdvisoryWatch>.Instance);
        var token = watch.GetChangeToken();
        if (changed) _settings.CurrentValue = new AdvisoryOptions { Database = Database, MaximumAge = TimeSpan.FromHours(1) };
        watch.Look(CancellationToken.None);
        token.HasChanged.Should().Be(changed);
    }

    [Test]
    public void Nothing_is_told_while_nothing_changes_and_at_the_first_look()
    {
        Changes(static () => { }).Should().BeFalse();
        Changes(() => _clock.Advance(TimeSpan.FromDays(5))).Should().BeFalse();
        Changes(() => Directory.SetLastWriteTimeUtc(Database, Today.UtcDateTime)).Should().BeFalse("it was touched, and holds the same");
    }

    [Test]
    public void What_was_judged_by_an_older_database_before_the_first_look_is_judged_again()
    {
        using var late = new AdvisoryWatch(_scanner, _settings, _clock, NullLogger<AdvisoryWatch>.Instance);
        Exchange();
        _scanner.Scan("p", _folder.Folder("plugin"), "main.py", CancellationToken.None);
        var token = late.GetChangeToken();
        late.Look(CancellationToken.None);
        token.HasChanged.Should().BeTrue();
    }

    [Test]
    public void A_folder_that_is_exchanged_by_rename() => Changes(Exchange).Should().BeTrue();

    [Test]
    public void A_record_that_comes_or_goes_where_there_is_no_index()
    {
        Changes(() => AdvisoryFolder.Record(Path.Combine(Database, "PyPI"), "GHSA-bbbb", "lib", "3.0.0", Today.AddDays(-1))).Should().BeTrue();
        Changes(() => AdvisoryFolder.Record(Path.Combine(Database, "PyPI"), "GHSA-cccc", "lib", "3.0.0", Today.AddDays(-1))).Should().BeTrue();
        Changes(() => File.Delete(Path.Combine(Database, "PyPI", "GHSA-cccc.json"))).Should().BeTrue();
    }

    [Test]
    public void An_archive_that_is_replaced_damaged_and_gone()
    {
        var archive = _folder.File("database.zip");
        ZipFile.CreateFromDirectory(Database, archive);
        Changes(() => _settings.CurrentValue.Database = archive).Should().BeTrue("the options changed");
        Changes(() => File.WriteAllText(archive, "half of it")).Should().BeTrue();
        Changes(static () => { }).Should().BeFalse("it is still the same damage");
        Changes(() =>
        {
            File.Delete(archive);
            ZipFile.CreateFromDirectory(Database, archive);
        }).Should().BeTrue();
        Changes(() => File.Delete(archive)).Should().BeTrue();
    }

    [Test]
    public void A_copy_whose_index_came_first_is_damaged_until_it_is_whole()
    {
        var aside = _folder.File("aside");
        AdvisoryFolder.Record(aside, "GHSA-aaaa", "lib", "2.0.0", Today.AddDays(-1));
        AdvisoryFolder.Record(aside, "GHSA-bbbb", "other", "2.0.0", Today.AddDays(-1));
        var whole = AdvisoryDatabase.Open(aside, CancellationToken.None);
        Changes(() => File.WriteAllBytes(Path.Combine(Database, SnapshotIndex.FileName), new SnapshotIndex(Today, whole.Count, whole.Hash).ToJson())).Should().BeTrue();
        Verdict().Should().Be(AdvisoryVerdict.NotScanned);
        Changes(() => File.Copy(Path.Combine(aside, "GHSA-bbbb.json"), Path.Combine(Database, "GHSA-bbbb.json"))).Should().BeTrue();
        Verdict().Should().Be(AdvisoryVerdict.Clean);
    }

    [Test, Description("Bad input 62")]
    public void A_database_that_becomes_too_old_and_is_allowed_again()
    {
        Changes(() => _clock.Advance(TimeSpan.FromDays(6))).Should().BeFalse("that is seven days to the second");
        Verdict().Should().Be(AdvisoryVerdict.Clean);
        Changes(() => _clock.Advance(TimeSpan.FromSeconds(1))).Should().BeTrue();
        Verdict().Should().Be(AdvisoryVerdict.DatabaseStale);
        Changes(() => _settings.CurrentValue.MaximumAge = TimeSpan.FromDays(30)).Should().BeTrue();
        Verdict().Should().Be(AdvisoryVerdict.Clean);
    }

    [Test]
    public void A_waiver_that_is_given_and_ends()
    {
        Changes(() => _settings.CurrentValue.Waivers.Add(new AdvisoryWaiver { Id = "GHSA-aaaa", Reason = "not reachable", Expires = Today.AddHours(2) })).Should().BeTrue();
        Changes(() => _clock.Advance(TimeSpan.FromHours(1))).Should().BeFalse();
        Changes(() => _clock.Advance(TimeSpan.FromHours(1))).Should().BeTrue();
        Changes(() => _settings.CurrentValue.Waivers.Clear()).Should().BeFalse("it had ended already");
    }

    [Test]
    public void A_waiver_that_ends_within_a_week()
    {
        _settings.CurrentValue.MaximumAge = TimeSpan.FromDays(300);
        Changes(() => _settings.CurrentValue.Waivers.Add(new AdvisoryWaiver { Id = "GHSA-aaaa", Reason = "not reachable", Expires = Today.AddDays(20) })).Should().BeTrue();
        Changes(() => _clock.Advance(TimeSpan.FromDays(12))).Should().BeFalse();
        Changes(() => _clock.Advance(TimeSpan.FromDays(1))).Should().BeTrue("a week ahead it is said");
        Changes(() => _clock.Advance(TimeSpan.FromDays(6))).Should().BeFalse();
    }

    [Test]
    public void What_is_done_about_it()
    {
        Changes(() => _settings.CurrentValue.Policy = AdvisoryPolicy.Refuse).Should().BeTrue();
        Changes(() => _settings.CurrentValue.OnRunning = RunningAdvisoryAction.Disable).Should().BeTrue();
    }

    [Test, CancelAfter(60_000)]
    public async Task It_looks_at_its_interval_and_after_trouble_too(CancellationToken test)
    {
        await _watch.StartAsync(test);
        _settings.Trouble = new OptionsValidationException("", typeof(AdvisoryOptions), ["wrong"]);
        await LooksUntilAsync(() => _settings.Asked > 3, test);
        _settings.Trouble = null;
        var token = _watch.GetChangeToken();
        Exchange();
        await LooksUntilAsync(() => token.HasChanged, test);
        await _watch.StopAsync(test);
    }

    private async Task LooksUntilAsync(Func<bool> condition, CancellationToken test) => await Triggers.Eventually.Is(() =>
    {
        _clock.Advance(_settings.Trouble is null ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(15));
        return condition();
    }, test);

    private bool Changes(Action change)
    {
        var token = _watch.GetChangeToken();
        change();
        _watch.Look(CancellationToken.None);
        return token.HasChanged;
    }

    private AdvisoryVerdict Verdict()
    {
        var plugin = _folder.Folder("plugin");
        File.WriteAllText(Path.Combine(plugin, "requirements.txt"), "lib==2.0.0\n");
        return _scanner.Scan("p", plugin, "main.py", CancellationToken.None).Verdict;
    }

    private void Exchange()
    {
        var next = _folder.File("next");
        AdvisoryFolder.Record(next, "GHSA-zzzz", "lib", "9.0.0", Today.AddDays(-1));
        Directory.Delete(Database, recursive: true);
        Directory.Move(next, Database);
        // What is made within a tick of the file system's clock bears one time.
        Directory.SetLastWriteTimeUtc(Database, Today.UtcDateTime);
    }

    private sealed class Settings : IOptionsMonitor<AdvisoryOptions>
    {
        private AdvisoryOptions _value = new();
        private int _asked;

        public Exception? Trouble { get; set; }

        public int Asked => _asked;

        public AdvisoryOptions CurrentValue
        {
            get
            {
                Interlocked.Increment(ref _asked);
                return Trouble is null ? _value : throw Trouble;
            }
            set => _value = value;
        }

        public AdvisoryOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<AdvisoryOptions, string?> listener) => null;
    }
}
