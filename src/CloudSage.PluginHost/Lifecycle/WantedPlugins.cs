using CloudSage.PluginHost.Resolution;
using CloudSage.PluginHost.Verification;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>
/// What should run, and in which order: a pure function of what is available and what is held back. Neither changes while plugins start and stop, so that one
/// answer serves many plans.
/// </summary>
internal sealed record WantedPlugins
{
    /// <summary>What should run: each after what it depends on.</summary>
    public required IReadOnlyList<PluginDescriptor> Order { get; init; }

    /// <summary>The names of what should run.</summary>
    public required IReadOnlySet<string> Names { get; init; }

    /// <summary>Why plugins wait for others, by name.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<Finding>> Waiting { get; init; }

    /// <summary>The one version chosen for each name, held back or not.</summary>
    public required IReadOnlyDictionary<string, PluginDescriptor> Chosen { get; init; }

    /// <summary>Versions that another of the same name shadows, and the warnings of resolution.</summary>
    public required IReadOnlyList<(string Plugin, Finding Finding)> Warnings { get; init; }

    /// <param name="available">Every version that is fit to load.</param>
    /// <param name="held">Names that must not run: disabled or under quarantine.</param>
    public static WantedPlugins Of(IReadOnlyCollection<PluginDescriptor> available, Func<string, bool> held)
    {
        var choice = DuplicateSelection.Select(available);
        var resolution = DependencyResolver.Resolve([.. choice.Chosen.Where(p => !held(p.Name))]);
        return new WantedPlugins
        {
            Order = resolution.Order,
            Names = resolution.Order.Select(static p => p.Name).ToHashSet(StringComparer.Ordinal),
            Waiting = resolution.Waiting,
            Chosen = choice.Chosen.ToDictionary(static p => p.Name, StringComparer.Ordinal),
            Warnings =
            [
                .. choice.Shadowed.Select(static s => (s.Descriptor.Name, s.Finding)),
                .. resolution.Warnings.SelectMany(static w => w.Value.Select(f => (w.Key, f))),
            ],
        };
    }
}
