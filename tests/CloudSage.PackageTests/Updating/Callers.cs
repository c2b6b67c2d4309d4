using System.Collections.Concurrent;
using CloudSage.PluginHost.Brokering;

namespace CloudSage.PackageTests.Updating;

/// <summary>Callers who call a plugin without a pause, and keep what came of each call.</summary>
internal sealed class Callers : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<CallOutcome<string>> _failed = new();
    private readonly ConcurrentDictionary<string, int> _served = new();
    private readonly Task[] _calling;

    public Callers(PluginHostFixture host, string plugin, int count = 4) => _calling = [.. Enumerable.Range(0, count).Select(_ => Task.Run(() => CallAsync(host, plugin)))];

    public IReadOnlyCollection<CallOutcome<string>> Failed => _failed;

    /// <summary>How many calls each version served.</summary>
    public IReadOnlyDictionary<string, int> Served => _served;

    public int ServedBy(string version) => _served.GetValueOrDefault(version);

    /// <summary>Waits until a version has served more calls than now.</summary>
    public async Task AreServedByAsync(string version)
    {
        var before = ServedBy(version);
        await Eventually.TrueAsync(() => ServedBy(version) > before + _calling.Length, $"calls are served by {version}", () => string.Join(", ", _served) + string.Join(", ", _failed.TakeLast(3)));
    }

    /// <summary>No call begins any more, and none is under way.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_calling);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _end.Dispose();
    }

    private async Task CallAsync(PluginHostFixture host, string plugin)
    {
        while (!_end.IsCancellationRequested)
        {
            var outcome = await host.CallAsync(plugin);
            if (outcome.Succeeded) _served.AddOrUpdate(outcome.Version!, 1, static (_, n) => n + 1);
            else _failed.Enqueue(outcome);
            await Task.Yield();
        }
    }
}
