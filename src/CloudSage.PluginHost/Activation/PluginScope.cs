using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Verification;
using CloudSage.Plugins;
using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Activation;

/// <summary>What one version of a plugin holds and runs beyond its calls. Everything in it is made when it is first needed.</summary>
internal sealed class PluginScope(PluginDescriptor plugin, TimeProvider clock, ILogger logger, CancellationToken stopping) : IPluginScope
{
    private readonly Lock _lock = new();
    private List<object>? _resources;
    private HashSet<BackgroundRun>? _runs;
    private bool _takesNoWork;
    private bool _isDisposed;
    private PluginFault? _lastFault;
    private string? _failure;

    public CancellationToken Stopping => stopping;

    /// <summary>The last failure of background work or of a timer's tick.</summary>
    public PluginFault? LastFault => Volatile.Read(ref _lastFault);

    /// <summary>Which background work has failed and runs no more, and why; null where none has.</summary>
    public string? Failure => Volatile.Read(ref _failure);

    /// <summary>Whether there is something to dispose.</summary>
    public bool HasResources => Volatile.Read(ref _resources) is not null;

    public void RegisterForDisposal(IDisposable resource)
    {
        if (!TryKeep(resource)) resource.Dispose();
    }

    public void RegisterForDisposal(IAsyncDisposable resource)
    {
        if (!TryKeep(resource)) _ = DisposeAsync(resource);
    }

    public void RunInBackground(string name, Func<CancellationToken, Task> work)
    {
        var run = new BackgroundRun(name, work, this, stopping);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_takesNoWork, typeof(PluginContext));
            (_runs ??= []).Add(run);
        }

        run.Begin();
    }

    public void StartTimer(string name, TimeSpan period, Func<CancellationToken, Task> tick) => RunInBackground(name, async token =>
    {
        using var timer = new PeriodicTimer(period, clock);
        while (await timer.WaitForNextTickAsync(token).ConfigureAwait(false))
        {
            try
            {
                await tick(token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException || !token.IsCancellationRequested)
            {
                // The next tick may do better: a service that is away for a while must not end the timer for good.
                Report(name, FaultOf(name, e));
            }
        }
    });

    /// <summary>Takes no more work and waits for what runs.</summary>
    /// <returns>What did not end by the deadline.</returns>
    public async Task<IReadOnlyList<Straggler>> EndWorkAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        Straggler[] running;
        lock (_lock)
        {
            _takesNoWork = true;
            running = _runs is null ? [] : [.. _runs.Select(static r => new Straggler($"background work '{r.Name}'", r.Ended))];
        }

        try
        {
            await Task.WhenAll(running.Select(static s => s.Ended)).WaitAsync(deadline, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // WaitAsync's ways to say that the wait is over and the work is not: what is left is named.
        }

        return [.. running.Where(static s => !s.Ended.IsCompleted)];
    }

    /// <summary>Disposes what was registered, the last first. Plugin code: call it as such.</summary>
    public async Task DisposeResourcesAsync()
    {
        while (TakeLast() is { } resource) await DisposeAsync(resource).ConfigureAwait(false);
    }

    /// <summary>Lets go of every object of the plugin's, disposed or not.</summary>
    public void LetGo()
    {
        lock (_lock) (_resources, _runs, _takesNoWork, _isDisposed) = (null, null, true, true);
    }

    public PluginFault FaultOf(string name, Exception exception)
    {
        var fault = PluginFault.From(ActivationCodes.BackgroundFailed, exception, clock.GetUtcNow());
        return fault with { Message = $"In '{name}': {fault.Message}" };
    }

    public void OnEnded(BackgroundRun run, PluginFault? fault)
    {
        lock (_lock) _runs?.Remove(run);
        if (fault is null) return;
        Volatile.Write(ref _failure, $"its background work has failed. {fault.ExceptionType}: {fault.Message}");
        Report(run.Name, fault);
    }

    private void Report(string name, PluginFault fault)
    {
        Volatile.Write(ref _lastFault, fault);
        logger.BackgroundFailed(ActivationCodes.BackgroundFailed, plugin.Name, plugin.Manifest.Version, ShownText.Escape(name), ShownText.EscapeLines(fault.Detail));
    }

    private bool TryKeep(object resource)
    {
        lock (_lock)
        {
            if (_isDisposed) return false;
            (_resources ??= []).Add(resource);
            return true;
        }
    }

    private object? TakeLast()
    {
        lock (_lock)
        {
            if (_resources is not { Count: > 0 } resources)
            {
                _isDisposed = true;
                return null;
            }

            var last = resources[^1];
            resources.RemoveAt(resources.Count - 1);
            return last;
        }
    }

    private async Task DisposeAsync(object resource)
    {
        try
        {
            if (resource is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync().ConfigureAwait(false);
            else ((IDisposable)resource).Dispose();
        }
        catch (Exception e)
        {
            // One resource's failure must not keep the others undisposed.
            var fault = PluginFault.From(ActivationCodes.BackgroundFailed, e, clock.GetUtcNow());
            logger.StepFailed(plugin.Name, plugin.Manifest.Version, $"the disposal of {resource.GetType().Name}", fault.ExceptionType, ShownText.Escape(fault.Message));
        }
    }
}
