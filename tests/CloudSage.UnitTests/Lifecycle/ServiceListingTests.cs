using CloudSage.PluginHost;
using CloudSage.PluginHost.Lifecycle;
using CloudSage.PluginHost.Services;
using CloudSage.UnitTests.Services;
using CloudSage.UnitTests.Triggers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static CloudSage.UnitTests.Lifecycle.FakeRunning;

namespace CloudSage.UnitTests.Lifecycle;

/// <summary>What is made known of a plugin, and when.</summary>
[CancelAfter(60_000), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ServiceListingTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Finding Warning = Finding.Warning("CSG2301", "bad", "mend");

    private readonly FakeTimeProvider _clock = new(Start.AddHours(1));
    private readonly RecordingRegistry _registry = new();

    [Test]
    public async Task Only_what_serves_is_there_and_only_changes_are_told(CancellationToken test)
    {
        var (a, b) = (new FakeRunning(Version("a")), new FakeRunning(Version("b")));
        using var publisher = Publisher();
        var (listing, running) = (new ServiceListing(publisher, _clock), publisher.RunAsync());

        listing.Show([]);
        (await NextAsync(0, test)).Services.Should().BeEmpty("the host is there, and serves nothing yet");
        listing.Show([Serving(b), Serving(a), Waiting("c")]);
        var both = await NextAsync(1, test);
        both.Services.Select(static s => s.Name).Should().Equal("a", "b");
        both.Services[0].Should().BeEquivalentTo(new
        {
            Version = "1.0.0", Type = "integration", Hash = "a-1.0.0", ExtensionPoints = new[] { "Probe" }, Endpoints = new[] { "inproc://a/Probe" },
            Health = new ServiceHealth(ServiceHealthState.Healthy, Start, []),
        });

        listing.Show([Serving(a), Serving(b), Waiting("c")]);
        listing.Show([Serving(a), Draining(b)]);
        (await NextAsync(2, test)).Services.Should().ContainSingle().Which.Should().BeSameAs(both.Services[0]);

        publisher.End();
        await running;
        _registry.Known.Should().HaveCount(4, "what had not changed was not told");
    }

    [Test]
    public async Task Health_bears_the_time_of_its_change_and_a_new_version_its_own(CancellationToken test)
    {
        var first = new FakeRunning(Version("a"));
        using var publisher = Publisher();
        var (listing, running) = (new ServiceListing(publisher, _clock), publisher.RunAsync());

        listing.Show([Serving(first)]);
        await NextAsync(0, test);
        listing.Show([Serving(first, findings: Warning)]);
        (await NextAsync(1, test)).Services[0].Health.Should().BeEquivalentTo(new ServiceHealth(ServiceHealthState.Degraded, _clock.GetUtcNow(), ["CSG2301"], "CSG2301: bad"));
        var degraded = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromSeconds(1));
        listing.Show([Serving(first, findings: [Warning, Warning with { Code = "CSG2303" }])]);
        (await NextAsync(2, test)).Services[0].Health.Should().BeEquivalentTo(new { Since = degraded, Findings = new[] { "CSG2301", "CSG2303" } });
        listing.Show([Serving(first, PluginState.Faulted)]);
        (await NextAsync(3, test)).Services[0].Health.State.Should().Be(ServiceHealthState.Unhealthy);
        listing.Show([Serving(new FakeRunning(Version("a", "2.0.0")))]);
        (await NextAsync(4, test)).Services[0].Should().BeEquivalentTo(new { Version = "2.0.0", Health = new ServiceHealth(ServiceHealthState.Healthy, Start, []) });

        publisher.End();
        await running;
    }

    private ServicePublisher Publisher() => new(
        [_registry], new ServiceHost("one", "production", "1.0.0", "machine", 1, Start), new ServicePublishingOptions(), _clock, NullLogger<ServicePublisher>.Instance);

    private async Task<HostServices> NextAsync(int index, CancellationToken test)
    {
        await Eventually.Is(() => _registry.Known.Count > index, test);
        return _registry.Known.ElementAt(index)!;
    }

    private static StatusEntry Serving(FakeRunning plugin, PluginState state = PluginState.Active, params Finding[] findings)
        => new(Status(plugin.Descriptor.Name, state) with { ExtensionPoints = ["Probe"], Type = "integration", Findings = findings }, plugin);

    private static StatusEntry Draining(FakeRunning plugin) => Serving(plugin, PluginState.Draining);

    private static StatusEntry Waiting(string name) => new(Status(name, PluginState.Waiting), null);

    private static PluginStatus Status(string name, PluginState state) => new() { Name = name, State = state, ActivatedAt = Start };
}
