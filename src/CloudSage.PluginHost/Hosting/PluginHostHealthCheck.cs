using CloudSage.PluginHost.Lifecycle;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudSage.PluginHost.Hosting;

/// <summary>
/// Unhealthy where the host's own loop has ended; degraded where a plugin is faulted, rejected, under quarantine, leaked, has an old version
/// that is still in memory or background work that failed, or says itself that it is not well.
/// </summary>
internal sealed class PluginHostHealthCheck(PluginHostService service, StatusBoard board) : IHealthCheck
{
    private static readonly PluginState[] Troubled = [PluginState.Faulted, PluginState.Rejected, PluginState.Quarantined, PluginState.Leaked];

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!service.IsRunning) return HealthCheckResult.Unhealthy("The plugin host does not run.");
        var trouble = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach (var plugin in board.Read().Where(static p => Troubled.Contains(p.State) || p.Lingering.Count > 0))
            trouble[plugin.Name] = Describe(plugin);

        var answers = board.Running.Select(async p => (p.Descriptor.Name, Health: await p.CheckHealthAsync(cancellationToken).ConfigureAwait(false)));
        foreach (var (name, health) in await Task.WhenAll(answers).ConfigureAwait(false))
        {
            if (!health.IsHealthy) trouble.TryAdd(name, $"says: {health.Message}");
        }

        var active = board.Read().Count(static p => p.State == PluginState.Active);
        return trouble.Count == 0
            ? HealthCheckResult.Healthy($"{active} plugin(s) active.")
            : HealthCheckResult.Degraded($"{active} plugin(s) active; trouble with {string.Join(", ", trouble.Keys)}.", data: trouble);
    }

    private static string Describe(PluginStatus plugin)
    {
        var text = Troubled.Contains(plugin.State)
            ? $"{plugin.State}: {(plugin.Findings.Count > 0 ? plugin.Findings[0] : plugin.LastFault?.Message)}"
            : plugin.State.ToString();
        // Where nothing else is wrong with it, the state and its finding say this already.
        return plugin.Lingering.Count == 0 || plugin.State is PluginState.Quarantined or PluginState.Leaked
            ? text
            : $"{text}; still in memory: {string.Join(", ", plugin.Lingering)}. {plugin.LastLeak?.Summary}".TrimEnd();
    }
}
