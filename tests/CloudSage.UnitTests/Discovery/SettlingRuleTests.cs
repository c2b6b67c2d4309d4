using CloudSage.PluginHost.Discovery;
using CloudSage.UnitTests.Fixtures;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Discovery;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SettlingRuleTests : SettlingFixture
{
    [Test]
    public void Whole_and_old_at_first_sight_is_settled_at_once()
    {
        WritePlugin();
        _time.Advance(_options.SettleWindow);

        Observe().Should().BeEquivalentTo(new { State = ReadinessState.Settled, LookAgainAt = (DateTimeOffset?)null });
    }

    [Test]
    public void Fresh_one_settles_when_the_window_has_passed_and_not_a_moment_earlier()
    {
        WritePlugin();

        var first = Observe();
        first.State.Should().Be(ReadinessState.Settling);
        first.LookAgainAt.Should().Be(_time.GetUtcNow() + _options.SettleWindow);
        _time.Advance(_options.SettleWindow - TimeSpan.FromMilliseconds(1));
        Observe().State.Should().Be(ReadinessState.Settling);
        _manifests.Reads.Should().Be(0, "nothing is looked into while it may still change");
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Observe().State.Should().Be(ReadinessState.Settled);
    }

    [Test]
    public void Without_a_deps_json_what_the_assemblies_name_is_waited_for_but_not_for_ever()
    {
        var library = new TestAssembly("Library") { Source = "public class Used;", References = [] }.Build();
        Write("one/Plugin.dll", new TestAssembly("Plugin") { Source = "public class User : Used;", References = [MetadataReference.CreateFromImage(library)] }.Build());
        Write("one/manifest.yaml", "Plugin.dll");
        _time.Advance(_options.SettleWindow);
        var waiting = Observe();
        waiting.State.Should().Be(ReadinessState.Settling);
        waiting.Findings.Should().ContainSingle(static f => f.Code == DiscoveryCodes.ReferenceMissing).Which.Message.Should().Contain("Library");
        waiting.LookAgainAt.Should().Be(_time.GetUtcNow() - _options.SettleWindow + _options.IncompleteGrace);

        _time.Advance(_options.IncompleteGrace - _options.SettleWindow);
        Observe().State.Should().Be(ReadinessState.Settled, "it may be all there is");

        Write("one/Library.dll", library);
        _time.Advance(_options.SettleWindow);
        Observe().State.Should().Be(ReadinessState.Settling, "a deps.json that names more may come last");
        _time.Advance(_options.IncompleteGrace - _options.SettleWindow);
        Observe().Should().Match<CandidateReadiness>(static r => r.State == ReadinessState.Settled && r.Findings.Count == 0);
    }

    [Test]
    public void Several_assemblies_wait_for_their_deps_json_but_one_alone_needs_none()
    {
        WritePlugin();
        Write("one/Other.dll", new TestAssembly("Other").Build());
        _time.Advance(_options.SettleWindow);
        Observe().State.Should().Be(ReadinessState.Settling);

        Write("one/Plugin.deps.json", """{ "targets": {} }""");
        _time.Advance(_options.SettleWindow);
        Observe().State.Should().Be(ReadinessState.Settled);
    }

    [Test, Platform("Linux")]
    public void A_file_that_is_open_for_writing_is_waited_for_but_not_for_ever()
    {
        WritePlugin();
        Write("one/data.bin", "part");
        using (new FileStream(_temp.File("one/data.bin"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            _time.Advance(_options.SettleWindow);
            var waiting = Observe();
            waiting.State.Should().Be(ReadinessState.Settling);
            waiting.LookAgainAt.Should().Be(_time.GetUtcNow() + _options.SettleWindow, "nothing signals that a file is closed");
        }

        Observe().State.Should().Be(ReadinessState.Settled);
        Write("one/data.bin", "another part");
        using var writer = new FileStream(_temp.File("one/data.bin"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        _time.Advance(_options.IncompleteGrace);
        Observe().State.Should().Be(ReadinessState.Settled, "a plugin may keep a file of its own open");
    }

    [Test]
    public void A_manifest_that_comes_last_must_rest_longer_than_the_copy_was_seen_to_pause()
    {
        Write("one/Plugin.dll", Library);
        Observe();
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Write("one/manifest.yaml", "Plugin.dll\n");
        Observe();

        _time.Advance(TimeSpan.FromMilliseconds(399));
        Observe().State.Should().Be(ReadinessState.Settling);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Observe().State.Should().Be(ReadinessState.Settled);
    }

    [Test]
    public void A_manifest_that_ends_within_a_line_must_rest_four_windows_where_the_copy_was_seen_under_way()
    {
        Write("one/Plugin.dll", Library);
        Observe();
        _time.Advance(TimeSpan.FromMilliseconds(10));
        Write("one/manifest.yaml", "Plugin.dll");
        Observe();

        _time.Advance((_options.SettleWindow * 4) - TimeSpan.FromMilliseconds(1));
        Observe().State.Should().Be(ReadinessState.Settling);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Observe().State.Should().Be(ReadinessState.Settled);
    }

    [Test]
    public void Slow_copy_of_a_library_is_never_settled_before_its_last_byte()
    {
        Write("one/manifest.yaml", "Plugin.dll");
        for (var length = 0; length < Library.Length; length += 512)
        {
            Write("one/Plugin.dll", Library[..length]);
            Observe().State.Should().Be(ReadinessState.Settling);
            _time.Advance(_options.SettleWindow * 2);
            Observe().State.Should().Be(ReadinessState.Settling, "a copy may pause, at {0} bytes too", length);
        }

        Write("one/Plugin.dll", Library);
        _time.Advance(_options.SettleWindow);
        Observe().State.Should().Be(ReadinessState.Settled);
    }

    [Test]
    public void Torn_copy_is_reported_after_the_grace_and_settles_when_mended()
    {
        WritePlugin();
        Write("one/Plugin.dll", Library[..1024]);
        Observe();
        _time.Advance(_options.SettleWindow);
        var waiting = Observe();
        waiting.Should().BeEquivalentTo(new { State = ReadinessState.Settling, LookAgainAt = _time.GetUtcNow() + _options.IncompleteGrace - _options.SettleWindow });

        _time.Advance(_options.IncompleteGrace);
        var readiness = Observe();
        readiness.State.Should().Be(ReadinessState.Incomplete);
        readiness.LookAgainAt.Should().BeNull();
        readiness.Findings.Should().ContainSingle().Which.Code.Should().Be(DiscoveryCodes.FileTruncated);

        Write("one/Plugin.dll", Library);
        _time.Advance(_options.SettleWindow);
        Observe().State.Should().Be(ReadinessState.Settled);
    }

    [Test]
    public void File_that_is_emptied_between_scan_and_look_is_not_reported()
    {
        WritePlugin();
        _time.Advance(_options.IncompleteGrace);
        var scanned = new FolderScanner(_options).Scan(CancellationToken.None);
        Write("one/Plugin.dll", []);
        _rule.Observe(scanned).Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { State = ReadinessState.Settling, LookAgainAt = _time.GetUtcNow() + _options.SettleWindow });

        Write("one/Plugin.dll", Library);
        _time.Advance(_options.SettleWindow);
        Observe().State.Should().Be(ReadinessState.Settled);
    }

    [Test]
    public void Torn_and_old_at_first_sight_is_reported_once_a_second_scan_sees_the_same()
    {
        WritePlugin();
        Write("one/Plugin.dll", Library[..1024]);
        _time.Advance(_options.IncompleteGrace);
        Observe().State.Should().Be(ReadinessState.Settling);
        _time.Advance(_options.SettleWindow);
        Observe().State.Should().Be(ReadinessState.Incomplete);
    }

    [Test]
    public void Files_are_looked_into_once_for_each_state_of_them()
    {
        WritePlugin();
        _time.Advance(_options.SettleWindow);
        for (var i = 0; i < 5; i++)
            Observe();
        _manifests.Reads.Should().Be(1);

        Write("one/data.txt", "x");
        Observe();
        _time.Advance(_options.SettleWindow);
        Observe();
        _manifests.Reads.Should().Be(2);
    }

    [Test]
    public void One_that_vanished_is_forgotten()
    {
        WritePlugin();
        _time.Advance(_options.SettleWindow);
        Observe();
        _rule.Observe(new FolderSnapshot([], [])).Should().BeEmpty();

        Observe();

        _manifests.Reads.Should().Be(2);
    }

    [Test]
    public void Locked_file_settles_when_it_is_let_go()
    {
        WritePlugin();
        _time.Advance(_options.SettleWindow);
        using (new FileStream(_temp.File("one/Plugin.dll"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            var readiness = Observe();
            readiness.State.Should().Be(ReadinessState.Settling);
            readiness.LookAgainAt.Should().Be(_time.GetUtcNow() + _options.SettleWindow);
            readiness.Findings.Should().ContainSingle().Which.Code.Should().Be(DiscoveryCodes.FileInUse);
            _time.Advance(TimeSpan.FromHours(1));
            Observe().LookAgainAt.Should().Be(_time.GetUtcNow() + TimeSpan.FromSeconds(5));
        }

        Observe().State.Should().Be(ReadinessState.Settled);
    }

    [Test]
    public void Manifest_that_is_being_written_is_waited_for()
    {
        WritePlugin();
        _time.Advance(_options.SettleWindow);
        _manifests.Throws = true;
        Observe().State.Should().Be(ReadinessState.Settling);

        _manifests.Throws = false;
        Observe().State.Should().Be(ReadinessState.Settled);
    }

    [Test]
    public void Clock_that_is_set_back_delays_by_one_window_only()
    {
        WritePlugin();
        Observe();
        _rule = new SettlingRule(_options, new CompletenessCheck(_manifests, new HashSet<string> { "CloudSage.Plugins.Abstractions" }), new FakeTimeProvider(_time.GetUtcNow().AddDays(-1)));

        Observe().LookAgainAt.Should().Be(_time.GetUtcNow().AddDays(-1) + _options.SettleWindow);
    }
}
