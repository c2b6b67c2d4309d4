using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Resolution;
using CloudSage.PluginHost.Verification;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.PluginHost.Hosting;

/// <summary>
/// Which of several files and folders of one name a host uses: of those that it would let in, the one that it chooses. Both are the host's own judgement, by the
/// checks and the environment of the rooms.
/// </summary>
/// <param name="Used">The file or folder that is used, by the plugin's name, of names that several have.</param>
/// <param name="Shadowed">Why others that would be let in are not used, by their file or folder.</param>
internal sealed record RivalChoice(IReadOnlyDictionary<string, string> Used, IReadOnlyDictionary<string, Finding> Shadowed)
{
    /// <summary>Chooses among the candidates of a plugin folder.</summary>
    public static async Task<RivalChoice> OfAsync(IServiceProvider rooms, IEnumerable<NamedCandidate> named, CancellationToken cancellationToken)
    {
        var fit = new List<PluginDescriptor>();
        // What was registered a moment ago counts.
        rooms.GetRequiredService<PluginLocks>().Refresh();
        foreach (var rival in named.GroupBy(static n => n.Name, StringComparer.Ordinal).Where(static g => g.Skip(1).Any()).SelectMany(static g => g))
        {
            if (rival.Candidate.Findings.Concat(rooms.GetRequiredService<CompletenessCheck>().Check(rival.Candidate, cancellationToken)).Any(static f => f.Severity == FindingSeverity.Error)) continue;
            var prepared = await rooms.GetRequiredService<PluginPreparation>().PrepareAsync(rival.Candidate, new PreparationContext(), cancellationToken).ConfigureAwait(false);
            if (prepared.Plugin is { } plugin) fit.Add(plugin.Descriptor);
        }

        var choice = DuplicateSelection.Select(fit);
        return new RivalChoice(
            choice.Chosen.ToDictionary(static p => p.Name, static p => p.Source, StringComparer.Ordinal),
            choice.Shadowed.ToDictionary(static s => s.Descriptor.Source, static s => s.Finding, StringComparer.Ordinal));
    }

    /// <summary>Tells in an entry of the inventory that another is used instead, where that is so.</summary>
    public InventoryEntry Tell(InventoryEntry entry) => Used.GetValueOrDefault(entry.Name) is { } used && used != entry.Source
        ? entry with { ShadowedBy = used, Findings = Shadowed.GetValueOrDefault(entry.Source!) is { } finding ? [.. entry.Findings, finding] : entry.Findings }
        : entry;
}

/// <summary>A candidate whose manifest could be read.</summary>
/// <param name="Name">The plugin's name.</param>
/// <param name="Candidate">Its file or folder.</param>
internal sealed record NamedCandidate(string Name, PluginCandidate Candidate);
