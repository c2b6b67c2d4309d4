using CloudSage.PluginHost.Resolution;
using CloudSage.PluginHost.Verification;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>What differs between what should run and what runs: a pure function, taken anew after every change.</summary>
internal sealed record PluginPlan
{
    /// <summary>Versions to start now: added, or beside the running one as its upgrade.</summary>
    public required IReadOnlyList<PluginDescriptor> Start { get; init; }

    /// <summary>Plugins to take out of service now, by name.</summary>
    public required IReadOnlyList<string> Retire { get; init; }

    /// <summary>Why plugins wait for others, by name.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<Finding>> Waiting { get; init; }

    /// <summary>The one version chosen for each name, held back or not.</summary>
    public required IReadOnlyDictionary<string, PluginDescriptor> Chosen { get; init; }

    /// <summary>Versions that another of the same name shadows, and the warnings of resolution.</summary>
    public required IReadOnlyList<(string Plugin, Finding Finding)> Warnings { get; init; }

    /// <summary>Compares what is available with what runs.</summary>
    /// <param name="available">Every version that is fit to load.</param>
    /// <param name="held">Names that must not run: disabled or under quarantine.</param>
    /// <param name="live">What runs and what is being done.</param>
    public static PluginPlan Make(
        IReadOnlyCollection<PluginDescriptor> available, Func<string, bool> held, IReadOnlyDictionary<string, PluginInstance> live)
    {
        var choice = DuplicateSelection.Select(available);
        var resolution = DependencyResolver.Resolve([.. choice.Chosen.Where(p => !held(p.Name))]);
        var wanted = resolution.Order.ToDictionary(static p => p.Name, StringComparer.Ordinal);
        return new PluginPlan
        {
            Start = [.. resolution.Order.Where(p => MayStart(p, live, wanted))],
            Retire = [.. live.Values.Where(i => !wanted.ContainsKey(i.Name) && MayRetire(i, live)).Select(static i => i.Name)],
            Waiting = resolution.Waiting,
            Chosen = choice.Chosen.ToDictionary(static p => p.Name, StringComparer.Ordinal),
            Warnings =
            [
                .. choice.Shadowed.Select(static s => (s.Descriptor.Name, s.Finding)),
                .. resolution.Warnings.SelectMany(static w => w.Value.Select(f => (w.Key, f))),
            ],
        };
    }

    private static bool MayStart(
        PluginDescriptor plugin, IReadOnlyDictionary<string, PluginInstance> live, Dictionary<string, PluginDescriptor> wanted)
    {
        if (live.TryGetValue(plugin.Name, out var instance))
        {
            if (instance.Operation != PluginOperation.None) return false;
            if (instance.Running?.Descriptor.Hash == plugin.Hash || instance.Failure?.Hash == plugin.Hash) return false;
        }

        // Needed plugins must serve first; optional ones that are about to serve are waited for, so that the order does not depend on luck.
        return plugin.Manifest.Dependencies.All(d => d.Optional
            ? !wanted.TryGetValue(d.Name, out var optional) || Serves(d.Name, live) || Failed(optional, live)
            : Serves(d.Name, live));
    }

    /// <summary>A plugin leaves after those that need it.</summary>
    private static bool MayRetire(PluginInstance instance, IReadOnlyDictionary<string, PluginInstance> live)
        => instance is { Running: not null, Operation: PluginOperation.None }
            && !live.Values.Any(other => other.Running is { } running && other.Name != instance.Name
                && running.Descriptor.Manifest.Dependencies.Any(d => !d.Optional && d.Name == instance.Name));

    private static bool Serves(string plugin, IReadOnlyDictionary<string, PluginInstance> live)
        => live.TryGetValue(plugin, out var instance) && instance.Running is not null && instance.Operation != PluginOperation.Retiring;

    private static bool Failed(PluginDescriptor plugin, IReadOnlyDictionary<string, PluginInstance> live)
        => live.TryGetValue(plugin.Name, out var instance) && instance.Failure?.Hash == plugin.Hash;
}
