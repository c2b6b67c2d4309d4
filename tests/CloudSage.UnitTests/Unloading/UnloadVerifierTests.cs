using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Activation;
using CloudSage.PluginHost.Unloading;
using CloudSage.UnitTests.Activation;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Unloading;

[CancelAfter(30_000)]
public sealed class UnloadVerifierTests
{
    private readonly FakeTimeProvider _clock = new() { AutoAdvanceAmount = TimeSpan.Zero };
    private readonly Channel<UnloadVerdict> _verdicts = Channel.CreateUnbounded<UnloadVerdict>();

    [Test]
    public async Task What_is_gone_is_collected_after_the_first_collection(CancellationToken test)
    {
        await using var verifier = new Running(this, new UnloadOptions());
        verifier.Watch("p", "1.0.0", Garbage());
        (await VerdictAsync(test)).Should().BeEquivalentTo(new { Plugin = "p", Version = "1.0.0", Collected = true, Collections = 1 });
    }

    [Test]
    public async Task What_stays_is_leaked_after_the_last_collection_and_collected_once_it_is_gone_after_all(CancellationToken test)
    {
        await using var verifier = new Running(this, new UnloadOptions { MaxCollections = 3 });
        var held = new[] { new object() };
        verifier.Watch("p", "1.0.0", Weak(held));
        var leaked = await VerdictAsync(test, advance: TimeSpan.FromSeconds(1));
        leaked.Should().BeEquivalentTo(new { Collected = false, Collections = 3 });
        GC.KeepAlive(held);

        held[0] = null!;
        (await VerdictAsync(test, advance: TimeSpan.FromSeconds(30), collect: true)).Collected.Should().BeTrue();
    }

    [Test]
    public async Task What_still_runs_is_named_and_looked_at_again_when_it_ends(CancellationToken test)
    {
        await using var verifier = new Running(this, new UnloadOptions { MaxCollections = 2 });
        var held = new[] { new object() };
        var (stop, work) = (new TaskCompletionSource(), new TaskCompletionSource());
        verifier.Watch("p", "1.0.0", Weak(held), new Straggler("StopAsync", stop.Task), new Straggler("background work 'w'", work.Task));
        (await VerdictAsync(test, TimeSpan.FromSeconds(1))).Should().BeEquivalentTo(new { Collected = false, StillRunning = new[] { "StopAsync", "background work 'w'" } });
        stop.SetResult();
        work.SetResult();
        (await VerdictAsync(test, TimeSpan.FromSeconds(1))).Should().BeEquivalentTo(new { Collected = false, StillRunning = Array.Empty<string>() }, "it ended, and something holds it");
        GC.KeepAlive(held);
        held[0] = null!;
        (await VerdictAsync(test, TimeSpan.FromSeconds(30), collect: true)).Collected.Should().BeTrue();
        _verdicts.Reader.TryRead(out _).Should().BeFalse();
    }

    [Test]
    public async Task What_is_gone_though_it_never_ended_is_collected_once(CancellationToken test)
    {
        await using var verifier = new Running(this, new UnloadOptions { MaxCollections = 2 });
        var held = new[] { new object() };
        var never = new TaskCompletionSource();
        verifier.Watch("p", "1.0.0", Weak(held), new Straggler("StopAsync", never.Task));
        (await VerdictAsync(test, TimeSpan.FromSeconds(1))).StillRunning.Should().Equal("StopAsync");
        GC.KeepAlive(held);
        held[0] = null!;
        (await VerdictAsync(test, TimeSpan.FromSeconds(30), collect: true)).Should().BeEquivalentTo(new { Collected = true, StillRunning = Array.Empty<string>() });
        never.SetResult();
        // The one after it: that the first is not judged again.
        verifier.Watch("q", "1.0.0", Garbage());
        (await VerdictAsync(test, TimeSpan.FromSeconds(1))).Plugin.Should().Be("q");
    }

    [Test]
    public async Task Several_are_judged_each_for_itself(CancellationToken test)
    {
        await using var verifier = new Running(this, new UnloadOptions { MaxCollections = 2 });
        var held = new[] { new object() };
        verifier.Watch("stays", "1.0.0", Weak(held));
        verifier.Watch("goes", "1.0.0", Garbage());
        var verdicts = new[] { await VerdictAsync(test, TimeSpan.FromSeconds(1)), await VerdictAsync(test, TimeSpan.FromSeconds(1)) };
        verdicts.ToDictionary(static v => v.Plugin, static v => v.Collected).Should().Equal(new Dictionary<string, bool> { ["goes"] = true, ["stays"] = false });
        GC.KeepAlive(held);
    }

    [Test]
    public async Task Without_forced_collections_the_verdict_waits_for_the_runtimes_own(CancellationToken test)
    {
        await using var verifier = new Running(this, new UnloadOptions { ForceCollections = false });
        verifier.Watch("p", "1.0.0", Garbage());
        (await VerdictAsync(test, TimeSpan.FromSeconds(30), collect: true)).Collected.Should().BeTrue();
    }

    private async Task<UnloadVerdict> VerdictAsync(CancellationToken test, TimeSpan advance = default, bool collect = false)
    {
        while (true)
        {
            if (_verdicts.Reader.TryRead(out var verdict)) return verdict;
            test.ThrowIfCancellationRequested();
            if (collect) GC.Collect();
            _clock.Advance(advance);
            await Task.Yield();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Garbage() => new(new object());

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Weak(object[] held) => new(held[0]);

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly UnloadVerifier _verifier;
        private readonly Task _loop;

        public Running(UnloadVerifierTests test, UnloadOptions options)
        {
            _verifier = new UnloadVerifier(Evictions.None, new Fixed<UnloadOptions>(options), test._clock);
            _verifier.Decided += v => test._verdicts.Writer.TryWrite(v);
            _loop = Task.Run(() => _verifier.RunAsync(_stop.Token));
        }

        public void Watch(string plugin, string version, WeakReference context, params Straggler[] stragglers)
        {
            var departure = new Departure(plugin, version, 0, stragglers);
            departure.Leave(context);
            _verifier.Watch(departure);
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _loop;
            _stop.Dispose();
        }
    }
}
