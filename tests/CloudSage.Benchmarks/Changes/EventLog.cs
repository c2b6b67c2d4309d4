using System.Threading.Channels;
using CloudSage.PluginHost;

namespace CloudSage.Benchmarks.Changes;

/// <summary>Follows a host's events, so that a benchmark waits for what happened instead of asking again and again.</summary>
internal sealed class EventLog : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly CancellationTokenSource _ending = new();
    private readonly Channel<PluginEvent> _events = Channel.CreateUnbounded<PluginEvent>();
    private readonly Task _following;

    public EventLog(IPluginHost host) => _following = FollowAsync(host.WatchAsync(_ending.Token));

    /// <summary>Drops what has happened so far.</summary>
    public void Forget()
    {
        while (_events.Reader.TryRead(out _)) { }
    }

    public async Task<PluginEvent> UntilAsync(PluginEventKind kind, string plugin, string? version = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var seen = await _events.Reader.ReadAsync(patience.Token);
            if (seen.Plugin != plugin) continue;
            if (seen.Kind == kind && (version is null || seen.Version == version)) return seen;
            if (seen.Kind is PluginEventKind.Rejected or PluginEventKind.Faulted or PluginEventKind.UpgradeFailed or PluginEventKind.Leaked)
                throw new InvalidOperationException($"{plugin}: {seen.Message}");
        }
    }

    /// <summary>Waits until it is known whether a version left memory.</summary>
    public async Task<bool> LeftMemoryAsync(string plugin, string version)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var seen = await _events.Reader.ReadAsync(patience.Token);
            if (seen.Plugin == plugin && seen.Version == version && seen.Kind is PluginEventKind.Collected or PluginEventKind.Leaked)
                return seen.Kind == PluginEventKind.Collected;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _following;
        _ending.Dispose();
    }

    private async Task FollowAsync(IAsyncEnumerable<PluginEvent> events)
    {
        try
        {
            await foreach (var seen in events) await _events.Writer.WriteAsync(seen);
        }
        catch (OperationCanceledException)
        {
            // The end of the benchmark.
        }
    }
}
