using CloudSage.PluginHost.Unloading;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>The host's face to embedders and operators.</summary>
internal sealed class PluginHostControl(PluginCoordinator coordinator, StatusBoard board, PluginEventHub hub, LeakReporting leaks) : IPluginHost
{
    private static readonly CommandOutcome HasStopped = new(false, "The plugin host has stopped.");

    public IReadOnlyList<PluginStatus> Plugins => board.Read();

    public PluginStatus? Find(string name) => board.Find(name);

    public IAsyncEnumerable<PluginEvent> WatchAsync(CancellationToken cancellationToken) => hub.Subscribe(cancellationToken);

    public Task SynchronizeAsync(CancellationToken cancellationToken) => coordinator.ExecuteAsync(static _ => { }, rescan: true, cancellationToken);

    public async Task<CommandOutcome> EnableAsync(string name, CancellationToken cancellationToken)
    {
        if (!await coordinator.ExecuteAsync(commands => commands.Enable(name), rescan: false, cancellationToken).ConfigureAwait(false)) return HasStopped;
        return Find(name) switch
        {
            null => new CommandOutcome(true, $"{name} is enabled; there is no such plugin now."),
            { State: PluginState.Active } active => new CommandOutcome(true, $"{name} {active.Version} is active."),
            var other => new CommandOutcome(false, $"{name} is enabled but {other.State}: {Why(other)}"),
        };
    }

    public async Task<CommandOutcome> DisableAsync(string name, CancellationToken cancellationToken)
    {
        if (!await coordinator.ExecuteAsync(commands => commands.Disable(name), rescan: false, cancellationToken).ConfigureAwait(false)) return HasStopped;
        return new CommandOutcome(true, $"{name} is disabled.");
    }

    public async Task<CommandOutcome> RetryAsync(string name, CancellationToken cancellationToken)
    {
        if (Find(name) is null) return new CommandOutcome(false, $"There is no plugin '{name}'.");
        if (!await coordinator.ExecuteAsync(commands => commands.Retry(name), rescan: true, cancellationToken).ConfigureAwait(false)) return HasStopped;
        return Find(name) is { State: PluginState.Active } active
            ? new CommandOutcome(true, $"{name} {active.Version} is active.")
            : new CommandOutcome(false, $"{name} is {Find(name)?.State}: {Why(Find(name))}");
    }

    public Task<PluginDiagnosis> DiagnoseAsync(string name, CancellationToken cancellationToken)
    {
        var serving = board.Running.FirstOrDefault(p => p.Descriptor.Name == name);
        return leaks.DiagnoseAsync(name, serving?.Residence is { } context ? (serving.Descriptor.Manifest.Version, context) : null, cancellationToken);
    }

    private static string Why(PluginStatus? status) => status?.Findings.Count > 0 ? status.Findings[0].ToString() : "no finding.";
}
