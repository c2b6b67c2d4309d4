using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Resolution;
using CloudSage.PluginHost.Verification;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>Which of the versions that should run can be started now, and which cannot because one that they need did not start.</summary>
internal static class StartOrder
{
    /// <param name="order">What should run: each after what it depends on.</param>
    /// <param name="live">What runs and what is being done.</param>
    /// <returns>Those to start, and why others wait, by name.</returns>
    public static (IReadOnlyList<PluginDescriptor> Start, IReadOnlyDictionary<string, IReadOnlyList<Finding>> Stuck) Of(
        IReadOnlyList<PluginDescriptor> order, IReadOnlyDictionary<string, PluginInstance> live)
    {
        var start = new List<PluginDescriptor>();
        var stuck = new Dictionary<string, IReadOnlyList<Finding>>(StringComparer.Ordinal);
        // Those earlier in the order whose wanted version serves or is about to. Looking at earlier ones alone also leaves circles of optional dependencies open.
        var coming = new HashSet<string>(StringComparer.Ordinal);
        foreach (var plugin in order)
        {
            var instance = live.GetValueOrDefault(plugin.Name);
            if (instance?.Failure?.Hash == plugin.Hash) continue;
            if (instance?.Running?.Descriptor.Hash == plugin.Hash)
            {
                coming.Add(plugin.Name);
                continue;
            }

            var missing = plugin.Manifest.Dependencies.Where(d => !d.Optional && !coming.Contains(d.Name) && !IsServed(plugin, d, live)).ToArray();
            if (missing.Length > 0)
            {
                stuck[plugin.Name] = [.. missing.Select(d => Describe(plugin, d.Name))];
                continue;
            }

            coming.Add(plugin.Name);
            // Needed plugins must serve first; optional ones that are about to serve are waited for, so that the order does not depend on luck.
            var isIdle = instance is null or { Operation: PluginOperation.None };
            if (isIdle && plugin.Manifest.Dependencies.All(d => IsServed(plugin, d, live) || (d.Optional && !coming.Contains(d.Name)))) start.Add(plugin);
        }

        return (start, stuck);
    }

    /// <summary>Whether a version that the plugin wants serves now: the newest may have failed, and an older one serve in its place.</summary>
    private static bool IsServed(PluginDescriptor plugin, ManifestDependency dependency, IReadOnlyDictionary<string, PluginInstance> live)
        => live.TryGetValue(dependency.Name, out var instance) && instance is { Running: { } running, Operation: not PluginOperation.Retiring }
            && (dependency.Optional || DependencyCheck.Check(plugin.Name, dependency, running.Descriptor, plugin.Manifest.Locate("dependencies")) is null);

    private static Finding Describe(PluginDescriptor plugin, string needed) => Finding.Error(
        ResolutionCodes.DependencyWaiting,
        $"'{plugin.Name}' needs the plugin '{needed}', which did not start in a version that it wants.",
        $"Mend '{needed}'; '{plugin.Name}' then starts by itself.",
        plugin.Manifest.Locate("dependencies"));
}
