using CloudSage.PluginHost.Activation;
using CloudSage.Plugins;
using CloudSage.UnitTests.Lifecycle;
using CloudSage.UnitTests.Triggers;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Activation;

[CancelAfter(30_000)]
public sealed class PluginScopeTests
{
    private static readonly AsyncLocal<string?> Ambient = new();
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);

    private readonly FakeTimeProvider _clock = new();
    private CancellationTokenSource _stopping = null!;
    private FakeLogger _log = null!;
    private PluginScope _scope = null!;

    [SetUp]
    public void SetUp()
    {
        (_stopping, _log) = (new CancellationTokenSource(), new FakeLogger());
        _scope = new PluginScope(FakeRunning.Version("p"), _clock, _log, _stopping.Token);
    }

    [TearDown]
    public void TearDown() => _stopping.Dispose();

    [Test]
    public async Task Work_that_obeys_is_awaited_and_is_no_failure(CancellationToken test)
    {
        var ended = false;
        _scope.RunInBackground("w", async token =>
        {
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            }
            finally
            {
                ended = true;
            }
        });
        await _stopping.CancelAsync();
        (await _scope.EndWorkAsync(Deadline, test)).Should().BeEmpty();
        ended.Should().BeTrue();
        (_scope.LastFault, _scope.Failure, _log.Collector.Count).Should().Be((null, null, 0));
    }

    [Test]
    public async Task Work_that_does_not_end_by_the_deadline_is_named_until_it_does(CancellationToken test)
    {
        var release = new TaskCompletionSource();
        _scope.RunInBackground("deaf", _ => release.Task);
        _scope.RunInBackground("quick", static _ => Task.CompletedTask);
        var end = _scope.EndWorkAsync(Deadline, test);
        await Eventually.Is(() =>
        {
            _clock.Advance(Deadline);
            return end.IsCompleted;
        }, test);
        var left = (await end).Should().ContainSingle().Subject;
        left.What.Should().Be("background work 'deaf'");
        left.Ended.IsCompleted.Should().BeFalse();
        release.SetResult();
        await left.Ended.WaitAsync(test);
    }

    [Test]
    public async Task Work_that_throws_is_said_with_its_name(CancellationToken test)
    {
        _scope.RunInBackground("prices\u001b", static _ => throw new InvalidOperationException("none"));
        await Eventually.Is(() => _scope.Failure is not null && _log.Collector.Count == 1, test);
        _scope.LastFault.Should().BeEquivalentTo(new { Code = "CSG1611", ExceptionType = typeof(InvalidOperationException).FullName, At = _clock.GetUtcNow() });
        _scope.Failure.Should().Contain("none");
        _log.LatestRecord.Message.Should().Contain("CSG1611").And.Contain("prices").And.NotContain("\u001b");
    }

    [Test]
    public async Task Work_runs_without_what_is_ambient_and_leaves_nothing_ambient(CancellationToken test)
    {
        var seen = new TaskCompletionSource<string?>();
        Ambient.Value = "the caller's";
        _scope.RunInBackground("w", _ =>
        {
            seen.SetResult(Ambient.Value);
            Ambient.Value = "the plugin's";
            return Task.CompletedTask;
        });
        (await seen.Task.WaitAsync(test)).Should().BeNull();
        await _scope.EndWorkAsync(Deadline, test);
        Ambient.Value.Should().Be("the caller's");
    }

    [Test]
    public async Task After_the_end_no_work_is_taken(CancellationToken test)
    {
        await _scope.EndWorkAsync(Deadline, test);
        FluentActions.Invoking(() => _scope.RunInBackground("w", static _ => Task.CompletedTask)).Should().Throw<ObjectDisposedException>();
        FluentActions.Invoking(() => _scope.StartTimer("t", Deadline, static _ => Task.CompletedTask)).Should().Throw<ObjectDisposedException>();
    }

    [Test]
    public async Task Ticks_never_overlap_and_one_that_fails_ends_nothing(CancellationToken test)
    {
        var (running, most, ticks) = (0, 0, 0);
        var gate = new SemaphoreSlim(0);
        _scope.StartTimer("t", Deadline, async token =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            Interlocked.Increment(ref ticks);
            await gate.WaitAsync(token);
            Interlocked.Decrement(ref running);
            if (ticks == 1) throw new InvalidOperationException("first");
        });
        await TicksAsync(1);
        _clock.Advance(Deadline * 3);
        gate.Release();
        await TicksAsync(2);
        _scope.LastFault!.Message.Should().Be("In 't': first");
        _scope.Failure.Should().BeNull("the timer goes on");
        most.Should().Be(1);
        await _stopping.CancelAsync();
        (await _scope.EndWorkAsync(Deadline, test)).Should().BeEmpty();

        Task TicksAsync(int count) => Eventually.Is(() =>
        {
            if (Volatile.Read(ref ticks) >= count) return true;
            _clock.Advance(Deadline);
            return false;
        }, test);
    }

    [Test]
    public async Task Resources_are_disposed_in_reverse_each_once_whatever_fails()
    {
        var steps = new List<string>();
        _scope.RegisterForDisposal((IDisposable)new Resource(steps, "a"));
        _scope.RegisterForDisposal((IDisposable)new Resource(steps, "bad"));
        _scope.RegisterForDisposal((IAsyncDisposable)new Resource(steps, "c"));
        _scope.HasResources.Should().BeTrue();
        await _scope.DisposeResourcesAsync();
        await _scope.DisposeResourcesAsync();
        steps.Should().Equal("c async", "bad async", "a async");
        _log.LatestRecord.Message.Should().Contain("the disposal of Resource");
        _scope.RegisterForDisposal((IDisposable)new Resource(steps, "late"));
        steps.Should().EndWith("late");
    }

    [Test]
    public void A_resource_that_can_be_disposed_in_two_ways_needs_no_cast()
    {
        using var stream = new MemoryStream();
        var context = new PluginContext("p", "1.0.0", PluginSettings.Empty, "/", "/", _scope);
        context.RegisterForDisposal(stream);
        context.Stopping.Should().Be(_stopping.Token);
        _scope.HasResources.Should().BeTrue();
    }

    private sealed class Resource(List<string> steps, string name) : IDisposable, IAsyncDisposable
    {
        public void Dispose() => steps.Add(name);

        public ValueTask DisposeAsync()
        {
            steps.Add(name + " async");
            return name == "bad" ? throw new InvalidOperationException("bad") : ValueTask.CompletedTask;
        }
    }
}
