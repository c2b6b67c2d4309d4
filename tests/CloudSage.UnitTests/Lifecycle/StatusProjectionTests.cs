using CloudSage.PluginHost;
using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Lifecycle;
using CloudSage.PluginHost.Registration;
using static CloudSage.UnitTests.Lifecycle.FakeRunning;
using static CloudSage.UnitTests.Resolution.Descriptors;

namespace CloudSage.UnitTests.Lifecycle;

public sealed class StatusProjectionTests
{
    private static readonly Finding Bad = Finding.Error("CSG1199", "bad", "mend");

    private static IEnumerable<TestCaseData> States()
    {
        var a = Version("a");
        yield return Case("is available", PluginState.Verified, new Live().With(a));
        yield return Case("is starting", PluginState.Verified, new Live().With(a).Doing("a", PluginOperation.Starting));
        yield return Case("serves", PluginState.Active, new Live().With(a).Serving(a));
        yield return Case("serves while the next starts", PluginState.Active, new Live().With(Version("a", "2.0.0")).Serving(a).Doing("a", PluginOperation.Starting));
        yield return Case("serves while the old one drains", PluginState.Active, new Live().With(a).Serving(a).Doing("a", PluginOperation.Replacing));
        yield return Case("serves though the next failed", PluginState.Active, new Live().With(Version("a", "2.0.0")).Serving(a).Failed(Version("a", "2.0.0")));
        yield return Case("is retired", PluginState.Draining, new Live().Serving(a).Doing("a", PluginOperation.Retiring));
        yield return Case("failed to start", PluginState.Faulted, new Live().With(a).Failed(a));
        yield return Case("was mended after a failure", PluginState.Verified, new Live().With(Version("a", "1.0.1")).Failed(a));
        yield return Case("waits", PluginState.Waiting, new Live().With(Version("a", needs: Needs("b"))));
        yield return Case("is gone", PluginState.Unloaded, Gone());
        yield return Case("is gone but leaked", PluginState.Leaked, Gone("1.0.0"));
        yield return Case("serves though an old one leaked", PluginState.Active, Gone("0.9.0").With(a).Serving(a));
        yield return Case("is gone but still runs", PluginState.Quarantined, StillRuns("1.0.0"));
        yield return Case("serves though an old one still runs", PluginState.Active, StillRuns("0.9.0").With(a).Serving(a));

        static Live Gone(params string[] leaked)
        {
            var live = new Live();
            live.Of("a");
            foreach (var version in leaked) live.Of("a").Note(Verdict(version));
            return live;
        }

        static Live StillRuns(string version)
        {
            var live = Gone();
            live.Of("a").Note(Verdict(version) with { StillRunning = ["StopAsync"] });
            return live;
        }

        static TestCaseData Case(string name, PluginState state, Live live) => new TestCaseData(live, state).SetName($"A_plugin_that_{name.Replace(' ', '_')}_is_{state}");
    }

    [TestCaseSource(nameof(States))]
    public void State(object live, PluginState state) => Of((Live)live, new HostState()).State.Should().Be(state);

    [Test]
    public void What_the_operator_holds_is_said_with_its_reason()
    {
        var live = new Live().With(Version("a")).Hold("a");
        var quarantine = new Quarantine("1.0.0", "h", "it died", default);
        Of(live, new HostState().WithDisabled("a", true)).State.Should().Be(PluginState.Disabled);
        Of(live, new HostState().WithQuarantine("a", quarantine)).State.Should().Be(PluginState.Quarantined);
        var both = Of(live, new HostState().WithDisabled("a", true).WithQuarantine("a", quarantine));
        both.State.Should().Be(PluginState.Disabled);
        both.Findings.Select(static f => f.Code).Should().Equal("CSG1901", "CSG1902");
        Of(new Live().Serving(Version("a")).Hold("a"), new HostState().WithDisabled("a", true)).State.Should().Be(PluginState.Active, "it has not left yet");
    }

    [TestCase(ReadinessState.Settling, false, PluginState.Discovered)]
    [TestCase(ReadinessState.Incomplete, true, PluginState.Rejected)]
    [TestCase(ReadinessState.Settled, true, PluginState.Rejected)]
    public void A_candidate_without_accepted_content_is_shown_under_its_own_name(object readiness, bool refused, PluginState state)
    {
        var candidate = new TrackedCandidate("/plugins/contoso.a") { Readiness = (ReadinessState)readiness, Objections = refused ? [Bad] : [] };
        var status = Project(new Live(), new HostState(), candidate).Should().ContainSingle().Subject;
        (status.Name, status.State, status.Source).Should().Be(("contoso.a", state, "/plugins/contoso.a"));
        status.Findings.Should().Equal(refused ? [Bad] : []);
    }

    [Test]
    public void A_plugin_whose_new_content_is_refused_serves_the_old_and_says_why()
    {
        var a = Version("a");
        var candidate = new TrackedCandidate("/plugins/a") { Accepted = new PreparedPlugin(a, default, default, default), Objections = [Bad] };
        var status = Project(new Live().With(a).Serving(a), new HostState(), candidate).Single();
        (status.State, status.Version).Should().Be((PluginState.Active, "1.0.0"));
        status.Findings.Should().Equal(Bad);
    }

    [Test]
    public void Versions_that_are_still_in_memory_are_listed_with_the_reason_until_they_leave()
    {
        var live = new Live().With(Version("a")).Serving(Version("a"));
        var instance = live.Of("a");
        var (first, second) = (new object(), new object());
        instance.Note(Verdict("0.8.0") with { Departure = first, StillRunning = ["StopAsync", "background work 'poll'"] });
        instance.Note(Verdict("0.8.0") with { Departure = second });
        var status = Of(live, new HostState());
        status.Lingering.Select(static l => l.ToString()).Should().Equal("0.8.0 (Quarantined: StopAsync, background work 'poll' still runs)", "0.8.0 (Leaked)");
        status.VersionsLeaked.Should().Be(1);
        status.Findings.Should().ContainSingle(static f => f.Code == "CSG2004").Which.Message.Should().Contain("0.8.0").And.Contain("background work 'poll'");

        instance.Note(Verdict("0.8.0") with { Departure = first });
        Of(live, new HostState()).Lingering.Select(static l => l.State).Should().Equal(PluginState.Leaked, PluginState.Leaked);
        instance.Note(Verdict("0.8.0") with { Departure = second, Collected = true });
        instance.Note(Verdict("0.8.0") with { Departure = first, Collected = true });
        Of(live, new HostState()).Lingering.Should().BeEmpty();
    }

    private static UnloadVerdict Verdict(string version) => new("a", version, false, 1, default, default);

    private static PluginStatus Of(Live live, HostState state) => Project(live, state).Single(static s => s.Name == "a");

    private static PluginStatus[] Project(Live live, HostState state, params TrackedCandidate[] candidates)
        => [.. StatusProjection.Project(candidates, live.Instances, live.Plan, state).Select(static e => e.Read())];
}
