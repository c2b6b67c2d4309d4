using CloudSage.PluginHost.Verification;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>Which of the plugins that should not run can be taken out of service now: each after those that need it.</summary>
internal static class RetireOrder
{
    /// <param name="wanted">The names of what should run.</param>
    /// <param name="start">What is started now.</param>
    /// <param name="live">What runs and what is being done.</param>
    public static IReadOnlyList<string> Of(
        IReadOnlySet<string> wanted, IReadOnlyList<PluginDescriptor> start, IReadOnlyDictionary<string, PluginInstance> live)
    {
        var leaving = live.Values.Where(i => i.Running is not null && !wanted.Contains(i.Name)).OrderBy(static i => i.Name, StringComparer.Ordinal).ToArray();
        if (leaving.Length == 0) return [];

        var needed = NeededBy(live.Values);
        string[] free = [.. leaving.Where(i => i.Operation == PluginOperation.None && !needed.Contains(i.Name)).Select(static i => i.Name)];
        if (free.Length > 0 || start.Count > 0 || live.Values.Any(static i => i.Operation != PluginOperation.None)) return free;

        // Nothing else will change: what needs them is an older version whose successor, which does not, failed to start; or they need each other.
        var neededByLeaving = NeededBy(leaving);
        string[] forced = [.. leaving.Where(i => !neededByLeaving.Contains(i.Name)).Select(static i => i.Name)];
        return forced.Length > 0 ? forced : [leaving[0].Name];
    }

    /// <summary>What the running versions of these plugins need.</summary>
    private static HashSet<string> NeededBy(IEnumerable<PluginInstance> instances) => instances
        .Select(static i => i.Running).OfType<Runtimes.IRunningPlugin>()
        .SelectMany(static r => r.Descriptor.Manifest.Dependencies.Where(d => !d.Optional && d.Name != r.Descriptor.Name))
        .Select(static d => d.Name)
        .ToHashSet(StringComparer.Ordinal);
}
