using System.Collections.Concurrent;
using CloudSage.Fixtures.Embedder;

namespace CloudSage.IntegrationTests.Harness;

/// <summary>Tells a test where plugins stand, and holds them there until the test opens the place.</summary>
internal sealed class Gate : IGate, IDisposable
{
    private readonly ConcurrentDictionary<string, ManualResetEventSlim> _barriers = new();
    private readonly ConcurrentQueue<string> _reached = new();
    private volatile bool _allOpen;

    public bool IsDisposed => _allOpen;

    /// <summary>The places in the order in which plugins reached them.</summary>
    public IReadOnlyList<string> Reached => [.. _reached];

    public void Reach(string point) => _reached.Enqueue(point);

    public void Block(string point)
    {
        Reach(point);
        if (!_allOpen) Barrier(point).Wait();
    }

    public async Task WaitAsync(string point, CancellationToken cancellationToken)
    {
        Reach(point);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!_allOpen && !Barrier(point).IsSet) await timer.WaitForNextTickAsync(cancellationToken);
    }

    public void Open(string point) => Barrier(point).Set();

    public Task ReachedAsync(string point, int times = 1)
        => Eventually.TrueAsync(() => _reached.Count(p => p == point) >= times, $"a plugin reaches '{point}' {times} time(s)", () => string.Join(", ", _reached));

    /// <summary>Lets everybody pass.</summary>
    public void Dispose()
    {
        _allOpen = true;
        foreach (var barrier in _barriers.Values) barrier.Set();
    }

    private ManualResetEventSlim Barrier(string point) => _barriers.GetOrAdd(point, static _ => new ManualResetEventSlim());
}
