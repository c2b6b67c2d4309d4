using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Lifecycle;
using CloudSage.UnitTests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Lifecycle;

public sealed class CandidateTrackerTests
{
    private FakeTimeProvider _clock = null!;
    private readonly SimpleManifest _manifests = new();
    private TempFolder _folder = null!;
    private CandidateTracker _tracker = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TempFolder();
        // Later than the files' times, so that they are quiet and whatever is missing is missing for good.
        _clock = new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(1));
        _manifests.Throws = false;
        var discovery = new DiscoveryOptions { SettleWindow = TimeSpan.FromMilliseconds(150), IncompleteGrace = TimeSpan.FromSeconds(3) };
        discovery.Directories.Add(_folder.Path);
        var settling = new SettlingRule(discovery, new CompletenessCheck(_manifests, new HashSet<string> { "CloudSage.Plugins.Abstractions" }), _clock);
        _tracker = new CandidateTracker(new FolderScanner(discovery), settling, new LifecycleOptions { RemovalGrace = TimeSpan.FromMilliseconds(500) }, _clock);
        Write("a", "data.bin");
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void What_is_complete_is_prepared_once_until_it_changes()
    {
        var (tracked, candidate) = Look().Should().ContainSingle().Subject;
        tracked.Name.Should().Be("a");
        tracked.IsPreparing = true;
        Look().Should().BeEmpty("it is being prepared");
        (tracked.IsPreparing, tracked.PreparedFingerprint) = (false, candidate.Fingerprint);
        Look().Should().BeEmpty("it was prepared");
        _folder.Write("a/data.bin", "other content");
        Look().Should().ContainSingle("it changed");
    }

    [Test]
    public void What_vanishes_stays_for_the_grace_and_is_then_forgotten()
    {
        Look();
        Remove("a");
        Look();
        _tracker.All.Should().ContainSingle().Which.IsUnsettled.Should().BeTrue();
        _tracker.LookAgainAt.Should().Be(_clock.GetUtcNow() + TimeSpan.FromMilliseconds(500));
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        Look();
        _tracker.All.Should().BeEmpty();
        _tracker.LookAgainAt.Should().BeNull();
    }

    [Test]
    public void What_comes_back_within_the_grace_is_the_same_candidate()
    {
        var tracked = Look().Single().Tracked;
        Remove("a");
        Look();
        Write("a", "data.bin");
        Look().Single().Tracked.Should().BeSameAs(tracked);
        tracked.VanishedAt.Should().BeNull();
    }

    [Test]
    public void What_vanishes_while_it_is_prepared_is_kept_until_that_ends()
    {
        var tracked = Look().Single().Tracked;
        tracked.IsPreparing = true;
        Remove("a");
        Look();
        _clock.Advance(TimeSpan.FromHours(1));
        Look();
        _tracker.All.Should().ContainSingle();
        tracked.IsPreparing = false;
        Look();
        _tracker.All.Should().BeEmpty();
    }

    [Test]
    public void What_is_incomplete_is_told_of_once()
    {
        Write("b", "missing.bin", complete: false);
        Look();
        _tracker.TakeNewlyIncomplete().Select(static c => c.Name).Should().Equal("b");
        Look();
        _tracker.TakeNewlyIncomplete().Should().BeEmpty();
        _tracker.All.Single(static c => c.Name == "b").Refusal.Should().NotBeEmpty();
    }

    [Test]
    public void What_was_incomplete_and_is_again_what_was_accepted_is_no_longer_refused()
    {
        var (tracked, candidate) = Look().Single();
        tracked.PreparedFingerprint = candidate.Fingerprint;
        var path = _folder.File("a/data.bin");
        var (aside, folderTime) = (_folder.File("aside.bin"), Directory.GetLastWriteTimeUtc(_folder.File("a")));
        File.Move(path, aside);
        Look();
        tracked.Refusal.Should().NotBeEmpty();
        File.Move(aside, path);
        Directory.SetLastWriteTimeUtc(_folder.File("a"), folderTime);
        Look();
        tracked.SeenFingerprint.Should().Be(candidate.Fingerprint, "it is exactly what it was");
        tracked.Refusal.Should().BeEmpty();
    }

    [Test]
    public void What_changed_while_it_was_prepared_is_looked_at_again()
    {
        var tracked = Look().Single().Tracked;
        _tracker.LookAgain(tracked, TimeSpan.FromMilliseconds(150));
        tracked.IsUnsettled.Should().BeTrue();
        _tracker.LookAgainAt.Should().Be(_clock.GetUtcNow() + TimeSpan.FromMilliseconds(150));
    }

    [TestCase("contoso.rightsizer", "contoso.rightsizer")]
    [TestCase("rightsizer.dll", "rightsizer")]
    public void A_candidate_without_a_manifest_is_named_after_its_folder_or_file(string file, string name)
        => new TrackedCandidate(_folder.File(file)).Name.Should().Be(name);

    /// <summary>Looks until the settle window and the grace of what is incomplete have passed.</summary>
    private IReadOnlyList<(TrackedCandidate Tracked, PluginCandidate Candidate)> Look()
    {
        _tracker.Observe(CancellationToken.None);
        return _tracker.Observe(CancellationToken.None);
    }

    private void Write(string plugin, string entry, bool complete = true)
    {
        _folder.Write($"{plugin}/manifest.yaml", entry);
        if (complete) _folder.Write($"{plugin}/{entry}", "data");
    }

    private void Remove(string plugin) => Directory.Delete(_folder.File(plugin), recursive: true);
}
