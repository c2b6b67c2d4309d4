using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Unloading;
using CloudSage.PluginHost.Verification;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>Makes the statuses that people see from what the coordinator knows.</summary>
internal static class StatusProjection
{
    public static IReadOnlyList<StatusEntry> Project(
        IReadOnlyCollection<TrackedCandidate> candidates, IReadOnlyDictionary<string, PluginInstance> live, PluginPlan plan, HostState state)
    {
        var refusals = candidates.Where(static c => c.Refusal.Count > 0 || c.Accepted is null).ToLookup(static c => c.Name, StringComparer.Ordinal);
        var names = plan.Chosen.Keys.Concat(live.Keys).Concat(refusals.Select(static r => r.Key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var warnings = plan.Warnings.ToLookup(static w => w.Plugin, static w => w.Finding, StringComparer.Ordinal);
        return [.. names.Select(name => Entry(name, live.GetValueOrDefault(name), plan, state, [.. refusals[name]], [.. warnings[name]]))];
    }

    private static StatusEntry Entry(
        string name, PluginInstance? instance, PluginPlan plan, HostState state,
        IReadOnlyList<TrackedCandidate> refused, IReadOnlyList<Finding> warnings)
    {
        var descriptor = instance?.Running?.Descriptor ?? plan.Chosen.GetValueOrDefault(name);
        var lingering = instance?.Lingering ?? [];
        var waiting = plan.Waiting.GetValueOrDefault(name) ?? [];
        var findings = new List<Finding>();
        findings.AddRange(refused.SelectMany(static c => c.Refusal));
        findings.AddRange(instance?.Failure?.Findings ?? []);
        findings.AddRange(waiting);
        findings.AddRange(Held(name, state));
        findings.AddRange(lingering.Where(static l => l.State == PluginState.Quarantined).Select(l => StillRuns(name, l)));
        findings.AddRange(Judged(descriptor, plan)?.Warnings ?? []);
        findings.AddRange(instance?.StartFindings ?? []);
        findings.AddRange(warnings);
        var status = new PluginStatus
        {
            Name = name,
            State = StateOf(name, instance, descriptor, waiting.Count > 0, refused, state),
            Version = descriptor?.Manifest.Version ?? instance?.LastUnload?.Version,
            Type = descriptor is null ? null : PluginTypeNames.Of(descriptor.Manifest.Type),
            Hash = descriptor?.Hash,
            Source = descriptor?.Source ?? (refused.Count > 0 ? refused[0].Path : null),
            ExtensionPoints = instance?.Running is { } serving ? [.. serving.Target.Registrations.Select(static r => r.Name)] : [],
            GrantedPermissions = instance?.Running?.GrantedPermissions ?? [],
            Findings = [.. findings.Distinct().OrderByDescending(static f => f.Severity)],
            ActivatedAt = instance?.ActivatedAt,
            Timings = instance?.Timings,
            LastUnload = instance?.LastUnload,
            VersionsLeaked = lingering.Count(static l => l.State == PluginState.Leaked),
            Lingering = lingering,
            LastLeak = lingering.Count > 0 ? instance!.LastLeak : null,
        };
        return new StatusEntry(status, instance?.Running);
    }

    private static PluginState StateOf(
        string name, PluginInstance? instance, PluginDescriptor? descriptor, bool waits, IReadOnlyList<TrackedCandidate> refused, HostState state)
    {
        if (instance?.Running is not null)
        {
            if (instance.Operation == PluginOperation.Retiring) return PluginState.Draining;
            return instance.IsFaulted ? PluginState.Faulted : PluginState.Active;
        }

        if (state.IsDisabled(name)) return PluginState.Disabled;
        if (state.Quarantined.ContainsKey(name)) return PluginState.Quarantined;
        if (instance?.Operation == PluginOperation.Starting) return PluginState.Verified;
        if (waits) return PluginState.Waiting;
        if (instance?.Failure is { } failure && failure.Hash == descriptor?.Hash) return failure.State;
        if (descriptor is not null) return PluginState.Verified;
        if (refused.Count > 0) return refused.Any(static c => c.Readiness != ReadinessState.Settling && c.Refusal.Count > 0) ? PluginState.Rejected : PluginState.Discovered;
        if (instance is null || instance.Lingering is not { Count: > 0 } lingering) return PluginState.Unloaded;
        return lingering.Any(static l => l.State == PluginState.Quarantined) ? PluginState.Quarantined : PluginState.Leaked;
    }

    /// <summary>What serves was judged when it came in; the same content may have been judged otherwise since.</summary>
    private static PluginDescriptor? Judged(PluginDescriptor? descriptor, PluginPlan plan)
        => descriptor is not null && plan.Chosen.GetValueOrDefault(descriptor.Name) is { } newest && newest.Hash == descriptor.Hash ? newest : descriptor;

    private static IEnumerable<Finding> Held(string name, HostState state)
    {
        if (state.Quarantined.TryGetValue(name, out var quarantine))
        {
            yield return Finding.Error(LifecycleCodes.Quarantined, $"{name} {quarantine.Version} is under quarantine since {quarantine.At:u}: {quarantine.Reason}",
                "Replace the plugin by one that is mended, then lift the quarantine with 'retry'.");
        }

        if (state.IsDisabled(name))
            yield return Finding.Warning(LifecycleCodes.Disabled, $"{name} was disabled by the operator.", "Enable it to use it.");
    }

    private static Finding StillRuns(string name, LingeringVersion version) => Finding.Warning(UnloadingCodes.StillRuns,
        $"{name} {version.Version} was taken out of service and still runs since {version.Since:u}: {string.Join(", ", version.StillRunning)}.",
        "It gets no calls, a new version may serve beside it, and it leaves memory when it ends. Mend the plugin: what it starts must obey PluginContext.Stopping.");
}
