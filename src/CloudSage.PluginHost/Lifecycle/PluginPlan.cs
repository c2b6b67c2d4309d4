using CloudSage.PluginHost.Verification;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>What differs between what should run and what runs: a pure function, taken anew after every change.</summary>
internal sealed record PluginPlan
{
    /// <summary>What should run.</summary>
    public required WantedPlugins Wanted { get; init; }

    /// <summary>Versions to start now: added, or beside the running one as its upgrade.</summary>
    public required IReadOnlyList<PluginDescriptor> Start { get; init; }

    /// <summary>Plugins to take out of service now, by name.</summary>
    public required IReadOnlyList<string> Retire { get; init; }

    /// <summary>Why plugins wait for others, by name.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<Finding>> Waiting { get; init; }

    /// <summary>The one version chosen for each name, held back or not.</summary>
    public IReadOnlyDictionary<string, PluginDescriptor> Chosen => Wanted.Chosen;

    /// <summary>Versions that another of the same name shadows, and the warnings of resolution.</summary>
    public IReadOnlyList<(string Plugin, Finding Finding)> Warnings => Wanted.Warnings;

    /// <summary>Compares what is wanted with what runs.</summary>
    /// <param name="wanted">What should run.</param>
    /// <param name="live">What runs and what is being done.</param>
    public static PluginPlan Make(WantedPlugins wanted, IReadOnlyDictionary<string, PluginInstance> live)
    {
        var (start, stuck) = StartOrder.Of(wanted.Order, live);
        return new PluginPlan
        {
            Wanted = wanted,
            Start = start,
            Retire = RetireOrder.Of(wanted.Names, start, live),
            Waiting = stuck.Count == 0 ? wanted.Waiting : stuck.Concat(wanted.Waiting).ToDictionary(StringComparer.Ordinal),
        };
    }
}
