namespace CloudSage.PluginHost.Updates.Applying;

/// <summary>Listens for the first trouble of one version of a plugin, from before it starts.</summary>
internal sealed class HealthWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource<string> _trouble = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _listening;

    public HealthWatch(IPluginHost host, string plugin, string version) => _listening = ListenAsync(host.WatchAsync(_end.Token), plugin, version);

    /// <summary>Ends with the first trouble; never, where there is none.</summary>
    public Task<string> Trouble => _trouble.Task;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _listening.ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task ListenAsync(IAsyncEnumerable<PluginEvent> events, string plugin, string version)
    {
        try
        {
            await foreach (var happened in events.ConfigureAwait(false))
            {
                if (happened.Plugin == plugin && happened.Version == version && IsTrouble(happened.Kind)) _trouble.TrySetResult(happened.Message);
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // Nobody wants to know any more.
        }
    }

    private static bool IsTrouble(PluginEventKind kind) => kind is PluginEventKind.Faulted or PluginEventKind.UpgradeFailed or PluginEventKind.Rejected or PluginEventKind.Quarantined;
}
