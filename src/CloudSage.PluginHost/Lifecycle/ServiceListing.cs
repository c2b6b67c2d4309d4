using CloudSage.PluginHost.Services;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>Makes of the statuses what is made known of each plugin that serves, and hands it on where it has changed. For the coordinator's loop alone.</summary>
internal sealed class ServiceListing(ServicePublisher publisher, TimeProvider clock)
{
    private Dictionary<string, (StatusEntry Status, ServiceEntry Entry)>? _shown;

    /// <summary>Shows what serves. A plugin that is upgraded is there all the time: the entry of the new version takes the place of the old one's.</summary>
    public void Show(IReadOnlyList<StatusEntry> statuses)
    {
        var before = _shown ?? [];
        var serving = statuses.Where(static s => s.Running is not null && s.Status.State != PluginState.Draining)
            .ToDictionary(static s => s.Status.Name, s => Listed(s, before), StringComparer.Ordinal);
        if (_shown is not null && serving.Count == before.Count && serving.All(s => before.TryGetValue(s.Key, out var old) && ReferenceEquals(old.Entry, s.Value.Entry))) return;
        _shown = serving;
        publisher.Show([.. serving.Values.Select(static s => s.Entry).OrderBy(static e => e.Name, StringComparer.Ordinal)]);
    }

    /// <summary>The same entry as long as nothing of it changes.</summary>
    private (StatusEntry Status, ServiceEntry Entry) Listed(StatusEntry now, Dictionary<string, (StatusEntry Status, ServiceEntry Entry)> before)
    {
        var isKnown = before.TryGetValue(now.Status.Name, out var old) && ReferenceEquals(old.Status.Running, now.Running);
        if (isKnown && old.Status.Status.State == now.Status.State && old.Status.Status.Findings.SequenceEqual(now.Status.Findings)) return (now, old.Entry);

        var state = StateOf(now.Status);
        var since = isKnown && old.Entry.Health.State == state ? old.Entry.Health.Since : isKnown ? clock.GetUtcNow() : now.Status.ActivatedAt ?? clock.GetUtcNow();
        return (now, Entry(now, state, since));
    }

    private static ServiceEntry Entry(StatusEntry entry, ServiceHealthState state, DateTimeOffset since)
    {
        var (status, plugin) = (entry.Status, entry.Running!);
        return new ServiceEntry
        {
            Name = status.Name,
            Version = plugin.Descriptor.Manifest.Version,
            Type = status.Type!,
            Hash = plugin.Descriptor.Hash,
            ExtensionPoints = status.ExtensionPoints,
            Commands = [.. plugin.Descriptor.Manifest.Commands.Select(static c => c.Name)],
            Endpoints = [.. status.ExtensionPoints.Select(point => $"inproc://{status.Name}/{point}")],
            Health = new ServiceHealth(state, since, [.. status.Findings.Select(static f => f.Code).Distinct(StringComparer.Ordinal)], Reason(status)),
        };
    }

    private static ServiceHealthState StateOf(PluginStatus status)
        => status.State == PluginState.Faulted ? ServiceHealthState.Unhealthy
            : status.Findings.Any(static f => f.Severity != FindingSeverity.Info) ? ServiceHealthState.Degraded
            : ServiceHealthState.Healthy;

    private static string? Reason(PluginStatus status)
        => status.State == PluginState.Faulted ? "It fails again and again; its calls are refused for a while."
            : status.Findings.Count > 0 ? $"{status.Findings[0].Code}: {status.Findings[0].Message}" : null;
}
