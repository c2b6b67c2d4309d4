using CloudSage.PluginHost.Services;
using CloudSage.UnitTests.Triggers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CloudSage.UnitTests.Services;

/// <summary>A registry is told of the newest state, and what it does is nobody's harm.</summary>
[CancelAfter(60_000), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RegistryFeedTests : IDisposable
{
    private static readonly ServiceHost Host = new("one", "production", "1.0.0", "machine", 1, DateTimeOffset.UnixEpoch);

    // Unlike any pause and any part of the lease, so that what is waited for is known by its length.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(7);

    private readonly WaitedClock _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly FakeLogger _log = new();
    private readonly RecordingRegistry _registry = new();
    private readonly CancellationTokenSource _stopping = new();
    private RegistryFeed _feed = null!;
    private Task _running = Task.CompletedTask;

    [SetUp]
    public void Start()
    {
        _feed = new RegistryFeed(_registry, Host, new ServicePublishingOptions { Deadline = Deadline }, _clock, _log);
        _running = _feed.RunAsync(_stopping.Token);
    }

    [TearDown]
    public Task End() => StopAsync();

    public void Dispose() => _stopping.Dispose();

    [Test]
    public async Task What_is_shown_is_published_renewed_at_a_third_of_the_lease_and_taken_back(CancellationToken test)
    {
        _feed.Show(Entries("a"));
        await Eventually.Is(() => _registry.Known.Count == 1, test);
        var first = _registry.Known.Single()!;
        first.Host.Should().Be(Host);
        first.Expires.Should().Be(first.At + TimeSpan.FromSeconds(30));
        first.IsCurrent(first.Expires.AddTicks(-1)).Should().BeTrue();
        first.IsCurrent(first.Expires).Should().BeFalse();

        await _clock.PassAsync(TimeSpan.FromSeconds(10), 1, test);
        await Eventually.Is(() => _registry.Known.Count == 2, test);
        var renewed = _registry.Known.Last()!;
        renewed.Services.Should().BeSameAs(first.Services);
        (renewed.At - first.At).Should().Be(TimeSpan.FromSeconds(10));

        await StopAsync();
        _registry.Known.Last().Should().BeNull();
    }

    [Test]
    public async Task Of_what_changes_while_it_works_only_the_last_is_published(CancellationToken test)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _registry.Working = _ => gate.Task;
        _feed.Show(Entries("a"));
        await Eventually.Is(() => _registry.Calls == 1, test);
        _feed.Show(Entries("a", "b"));
        _feed.Show(Entries("a", "b", "c"));
        gate.SetResult();
        await Eventually.Is(() => _registry.Known.Count == 2, test);
        _registry.Known.Select(static k => k!.Services.Count).Should().Equal(1, 3);
    }

    [Test]
    public async Task A_failure_is_said_once_and_tried_again_after_growing_pauses(CancellationToken test)
    {
        _registry.Working = static _ => throw new IOException("the disk is\r\nfull");
        _feed.Show(Entries("a"));
        foreach (var (pause, failures) in (IEnumerable<(int, int)>)[(1, 1), (2, 2), (4, 3), (8, 4)])
        {
            await Eventually.Is(() => _registry.Calls == failures, test);
            await _clock.PassAsync(TimeSpan.FromSeconds(pause), 1, test);
        }

        await Eventually.Is(() => _registry.Calls == 5, test);
        var said = _log.Collector.GetSnapshot().Should().ContainSingle().Subject;
        said.Level.Should().Be(LogLevel.Warning);
        said.Message.Should().Contain("CSG2201").And.Contain("RecordingRegistry").And.Contain("the disk is full").And.NotContain("\n");

        _registry.Working = static _ => Task.CompletedTask;
        _feed.Show(Entries("a", "b"));
        await _clock.PassAsync(TimeSpan.FromSeconds(16), 1, test);
        await Eventually.Is(() => _registry.Known.Count == 1, test);
        _registry.Known.Single()!.Services.Should().HaveCount(2, "it is the newest that is tried");
        await Eventually.Is(() => _log.Collector.GetSnapshot().Count == 2, test);
        _log.Collector.LatestRecord.Level.Should().Be(LogLevel.Information);
    }

    [Test]
    public async Task One_that_hangs_is_called_again_only_when_its_last_call_has_ended(CancellationToken test)
    {
        var hang = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _registry.Working = _ => hang.Task;
        _feed.Show(Entries("a"));
        await PassAsync(TimeSpan.FromSeconds(1), () => _log.Collector.Count == 1, test);
        _feed.Show(Entries("a", "b"));
        await PassAsync(TimeSpan.FromSeconds(30), () => _clock.GetUtcNow().Hour >= 1, test);
        _registry.Calls.Should().Be(1);

        _registry.Working = static _ => Task.CompletedTask;
        hang.SetResult();
        await PassAsync(TimeSpan.FromSeconds(30), () => _registry.Known.LastOrDefault()?.Services.Count == 2, test);
        _registry.WasCrowded.Should().BeFalse();
    }

    [Test]
    public async Task A_deadline_is_a_failure_that_names_it(CancellationToken test)
    {
        _registry.Working = static token => Task.Delay(Timeout.InfiniteTimeSpan, token);
        _feed.Show(Entries("a"));
        await PassAsync(TimeSpan.FromSeconds(1), () => _log.Collector.Count == 1, test);
        _log.LatestRecord.Message.Should().Contain("CSG2201");
        await StopAsync().WaitAsync(test);
    }

    [Test]
    public async Task What_may_have_been_made_known_is_taken_back_though_the_call_was_never_in_time(CancellationToken test)
    {
        var hang = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _registry.Working = _ => hang.Task;
        _feed.Show(Entries("a"));
        await _clock.PassAsync(Deadline, 2, test);
        await Eventually.Is(() => _log.Collector.Count == 1, test);
        var stopped = StopAsync();
        hang.SetResult();
        await stopped.WaitAsync(test);
        _registry.Known.Should().HaveCount(2).And.EndWith(default(HostServices));
        _registry.WasCrowded.Should().BeFalse();
    }

    [Test]
    public async Task What_was_never_shown_is_not_taken_back()
    {
        await StopAsync();
        _registry.Calls.Should().Be(0);
    }

    private static ServiceEntry[] Entries(params string[] names) =>
    [
        .. names.Select(static n => new ServiceEntry
        {
            Name = n, Version = "1.0.0", Type = "integration", Hash = "h", Health = new ServiceHealth(ServiceHealthState.Healthy, DateTimeOffset.UnixEpoch, []),
        }),
    ];

    private async Task StopAsync()
    {
        // Whatever the test had it do: the end must not wait for it.
        _registry.Working = static _ => Task.CompletedTask;
        await _stopping.CancelAsync();
        await _running;
    }

    /// <summary>Lets time pass in small steps until something has happened.</summary>
    private Task PassAsync(TimeSpan step, Func<bool> happened, CancellationToken test) => Eventually.Is(() =>
    {
        if (happened()) return true;
        _clock.Advance(step);
        return happened();
    }, test);
}
