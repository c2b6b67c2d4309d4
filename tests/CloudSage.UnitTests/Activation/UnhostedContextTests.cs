using CloudSage.Plugins;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Activation;

/// <summary>A context as the unit tests of plugins make it: without a host.</summary>
[CancelAfter(30_000)]
public sealed class UnhostedContextTests
{
    private readonly FakeTimeProvider _clock = new();

    [Test]
    public async Task Work_runs_and_what_was_registered_is_disposed_when_the_token_is_cancelled(CancellationToken test)
    {
        using var stopping = new CancellationTokenSource();
        var context = new PluginContext("p", "1.0.0", PluginSettings.Empty, "/", "/", stopping.Token);
        var (steps, ended) = (new List<string>(), new TaskCompletionSource());
        context.RegisterForDisposal(new Step(steps, "first"));
        context.RegisterForDisposal(new Step(steps, "last"));
        context.RunInBackground("w", async token =>
        {
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            }
            finally
            {
                ended.SetResult();
            }
        });
        await stopping.CancelAsync();
        await ended.Task.WaitAsync(test);
        steps.Should().Equal("last", "first");
        context.RegisterForDisposal(new Step(steps, "late"));
        steps.Should().EndWith("late");
        FluentActions.Invoking(() => context.RunInBackground("w", static _ => Task.CompletedTask)).Should().Throw<ObjectDisposedException>();
    }

    [Test]
    public async Task Timers_tick_by_the_tests_clock(CancellationToken test)
    {
        using var stopping = new CancellationTokenSource();
        var context = new PluginContext("p", "1.0.0", PluginSettings.Empty, "/", "/", _clock, stopping.Token);
        var ticked = new TaskCompletionSource();
        context.StartTimer("t", TimeSpan.FromHours(1), _ => { ticked.TrySetResult(); return Task.CompletedTask; });
        await Triggers.Eventually.Is(() =>
        {
            _clock.Advance(TimeSpan.FromHours(1));
            return ticked.Task.IsCompleted;
        }, test);
        await stopping.CancelAsync();
    }

    [Test]
    public void Arguments_that_make_no_sense_are_refused()
    {
        var context = new PluginContext("p", "1.0.0", PluginSettings.Empty, "/", "/", CancellationToken.None);
        FluentActions.Invoking(() => context.RunInBackground(" ", static _ => Task.CompletedTask)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => context.StartTimer("t", TimeSpan.Zero, static _ => Task.CompletedTask)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => context.RegisterForDisposal((IDisposable)null!)).Should().Throw<ArgumentNullException>();
    }

    private sealed class Step(List<string> steps, string name) : IDisposable
    {
        public void Dispose() => steps.Add(name);
    }
}
