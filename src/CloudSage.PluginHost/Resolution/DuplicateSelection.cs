using CloudSage.PluginHost.Verification;

namespace CloudSage.PluginHost.Resolution;

/// <summary>
/// Chooses among candidates of one plugin name: the highest version, and among equal versions the first by the ordinal order of
/// where it came from, so that the choice never depends on the order in which folders are listed.
/// </summary>
internal static class DuplicateSelection
{
    public static DuplicateChoice Select(IReadOnlyCollection<PluginDescriptor> candidates)
    {
        var chosen = new List<PluginDescriptor>();
        var shadowed = new List<ShadowedPlugin>();
        foreach (var rivals in candidates.GroupBy(static c => c.Name, StringComparer.Ordinal).OrderBy(static g => g.Key, StringComparer.Ordinal))
        {
            var ranked = rivals.OrderByDescending(static c => c.Version).ThenBy(static c => c.Source, StringComparer.Ordinal).ToArray();
            chosen.Add(ranked[0]);
            shadowed.AddRange(ranked.Skip(1).Select(loser => new ShadowedPlugin(loser, Describe(loser, ranked[0]))));
        }

        return new DuplicateChoice(chosen, shadowed);
    }

    private static Finding Describe(PluginDescriptor loser, PluginDescriptor winner) => Finding.Warning(
        ResolutionCodes.Shadowed,
        $"'{loser.Name}' {loser.Version.ToFullString()} in '{loser.Source}' is shadowed by {winner.Version.ToFullString()} in '{winner.Source}'.",
        $"Remove '{loser.Source}' or '{winner.Source}'.",
        loser.Manifest.Locate("name"));
}

/// <summary>One candidate for each name, by name, and the others with the reason why they are not used.</summary>
internal sealed record DuplicateChoice(IReadOnlyList<PluginDescriptor> Chosen, IReadOnlyList<ShadowedPlugin> Shadowed);

/// <summary>A candidate that is not used because another one has its name.</summary>
internal sealed record ShadowedPlugin(PluginDescriptor Descriptor, Finding Finding);
