namespace CloudSage.Plugins;

/// <summary>
/// Stands in for a host where there is none, as in a plugin's unit tests. What a token calls when it is cancelled, the last registered first
/// and at once where it is cancelled already, is just what a scope promises.
/// </summary>
internal sealed class UnhostedScope(TimeProvider clock, CancellationToken stopping) : IPluginScope
{
    public CancellationToken Stopping => stopping;

    public void RegisterForDisposal(IDisposable resource) => stopping.UnsafeRegister(static r => ((IDisposable)r!).Dispose(), resource);

    public void RegisterForDisposal(IAsyncDisposable resource)
        => stopping.UnsafeRegister(static r => ((IAsyncDisposable)r!).DisposeAsync().AsTask().GetAwaiter().GetResult(), resource);

    public void RunInBackground(string name, Func<CancellationToken, Task> work)
    {
        ObjectDisposedException.ThrowIf(stopping.IsCancellationRequested, typeof(PluginContext));
        // Nobody awaits it: a test learns of its end by what it does.
        _ = Task.Run(() => work(stopping), CancellationToken.None);
    }

    public void StartTimer(string name, TimeSpan period, Func<CancellationToken, Task> tick) => RunInBackground(name, async token =>
    {
        using var timer = new PeriodicTimer(period, clock);
        while (await timer.WaitForNextTickAsync(token).ConfigureAwait(false)) await tick(token).ConfigureAwait(false);
    });
}
