using CloudSage.PluginHost.Loading;
using CloudSage.PluginHost.Unloading;
using CloudSage.UnitTests.Activation;
using CloudSage.UnitTests.Brokering;
using CloudSage.UnitTests.Lifecycle;
using CloudSage.UnitTests.Triggers;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Unloading;

[CancelAfter(30_000)]
public sealed class PluginRetirementTests
{
    private FakeTimeProvider _clock = null!;
    private FakeLogger<PluginRetirement> _log = null!;
    private FakeRunning _plugin = null!;
    private PluginRetirement _retirement = null!;

    [SetUp]
    public void SetUp()
    {
        (_clock, _log) = (new FakeTimeProvider(), new FakeLogger<PluginRetirement>());
        _plugin = new FakeRunning(FakeRunning.Version("p")) { Remains = new WeakReference(null) };
        var options = new UnloadOptions { DrainDeadline = TimeSpan.FromSeconds(30), CancelDeadline = TimeSpan.FromSeconds(5) };
        _retirement = new PluginRetirement(Evictions.None, new NativeLibraries(), new Fixed<UnloadOptions>(options), _clock, _log);
    }

    [Test]
    public async Task An_idle_version_is_stopped_and_unloaded_at_once(CancellationToken test)
    {
        (await _retirement.RetireAsync(_plugin, test))!.Context.Should().BeSameAs(_plugin.Remains);
        _plugin.Calls.Should().Equal("stop", "unload");
        _plugin.Target.TryLease<IProbe>(out _).Should().BeNull();
    }

    [Test]
    public async Task A_running_call_is_waited_for_and_no_new_one_is_taken(CancellationToken test)
    {
        var call = _plugin.Target.TryLease<IProbe>(out _)!;
        var retire = _retirement.RetireAsync(_plugin, test);
        _plugin.Target.TryLease<IProbe>(out _).Should().BeNull();
        _clock.Advance(TimeSpan.FromSeconds(29));
        _plugin.Calls.Should().BeEmpty();
        call.Token.IsCancellationRequested.Should().BeFalse();
        call.End();
        await retire;
        _plugin.Calls.Should().Equal("stop", "unload");
        _log.Collector.Count.Should().Be(0);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task At_the_deadline_or_when_the_host_stops_for_good_calls_are_cancelled(bool atDeadline, CancellationToken test)
    {
        using var now = new CancellationTokenSource();
        var call = _plugin.Target.TryLease<IProbe>(out _)!;
        using var ends = call.Token.Register(call.End);
        var retire = _retirement.RetireAsync(_plugin, now.Token);
        if (atDeadline) _clock.Advance(TimeSpan.FromSeconds(30));
        else await now.CancelAsync();
        await retire.WaitAsync(test);
        _plugin.Calls.Should().Equal("stop", "unload");
        _log.Collector.GetSnapshot().Should().ContainSingle("the calls obeyed").Which.Message.Should().Contain("1 call(s)");
    }

    [Test]
    public async Task Calls_that_ignore_their_cancellation_are_left_behind_and_reported(CancellationToken test)
    {
        var call = _plugin.Target.TryLease<IProbe>(out _)!;
        var retire = _retirement.RetireAsync(_plugin, test);
        _clock.Advance(TimeSpan.FromSeconds(30));
        await Eventually.Is(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            return retire.IsCompleted;
        }, test);
        await retire;
        _plugin.Calls.Should().Equal("stop", "unload");
        _log.Collector.LatestRecord.Message.Should().Contain("CSG2001");
        var departure = (await retire)!;
        departure.StillRunning.Should().Equal("1 call(s)");
        departure.Ended.IsCompleted.Should().BeFalse();
        call.End();
        departure.StillRunning.Should().BeEmpty();
        await departure.Ended.WaitAsync(test);
    }

    [Test]
    public async Task A_callback_of_the_plugins_that_blocks_or_throws_does_not_keep_it_from_leaving(CancellationToken test)
    {
        using var release = new ManualResetEventSlim();
        var call = _plugin.Target.TryLease<IProbe>(out _)!;
        using var blocks = call.Token.Register(() => release.Wait(test));
        using var throws = call.Token.Register(static () => throw new InvalidOperationException("by design"));
        using var now = new CancellationTokenSource();
        var retire = _retirement.RetireAsync(_plugin, now.Token);
        await now.CancelAsync();
        call.End();
        await retire.WaitAsync(test);
        _plugin.Calls.Should().Equal("stop", "unload");
        release.Set();
    }
}
