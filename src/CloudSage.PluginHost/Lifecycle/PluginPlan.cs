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
        var (start, stuck) = StartOrder.Of(resolution.Order, live);
        return new PluginPlan
        {
            Start = start,
            Retire = RetireOrder.Of(resolution.Order, start, live),
            Waiting = stuck.Concat(resolution.Waiting).ToDictionary(StringComparer.Ordinal),
            Chosen = choice.Chosen.ToDictionary(static p => p.Name, StringComparer.Ordinal),
            Warnings =
            [
                .. choice.Shadowed.Select(static s => (s.Descriptor.Name, s.Finding)),
                .. resolution.Warnings.SelectMany(static w => w.Value.Select(f => (w.Key, f))),
            ],
        };
    }
}
