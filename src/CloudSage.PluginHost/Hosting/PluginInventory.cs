using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Lifecycle;
using CloudSage.PluginHost.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.PluginHost.Hosting;

/// <summary>
/// What lies in a plugin folder, what its lock file says of it, and what the operator decided. Read from files alone: no host is asked, nothing of a plugin runs,
/// and nothing is changed.
/// </summary>
/// <param name="Plugins">The plugins, by name.</param>
/// <param name="Findings">What concerns no single plugin, such as a lock file that cannot be read.</param>
public sealed record PluginInventory(IReadOnlyList<InventoryEntry> Plugins, IReadOnlyList<Finding> Findings)
{
    /// <summary>Takes stock of a plugin folder.</summary>
    /// <param name="options">The folder, and the state directory of its host.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The inventory.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static async Task<PluginInventory> TakeAsync(PluginRegistrarOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        await using var rooms = new RegistrarRooms(options);
        var directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.PluginDirectory));
        var locked = rooms.Services.GetRequiredService<PluginLocks>().Of(Path.Combine(directory, PluginLock.FileName));
        var findings = new List<Finding>();
        if (locked.Damage is { } damage) findings.Add(damage);
        var state = StateOf(options.StateDirectory, findings);

        var snapshot = rooms.Services.GetRequiredService<FolderScanner>().Scan(cancellationToken);
        findings.AddRange(snapshot.Findings);
        var taking = new InventoryTaking(rooms.Services, locked, state);
        var entries = new List<InventoryEntry>();
        foreach (var candidate in snapshot.Candidates) entries.Add(await taking.TakeAsync(candidate, cancellationToken).ConfigureAwait(false));
        var choice = await RivalChoice.OfAsync(rooms.Services, snapshot.Candidates.Zip(entries, static (c, e) => new NamedCandidate(e.Name, c)), cancellationToken).ConfigureAwait(false);
        entries = [.. entries.Select(choice.Tell)];
        entries.AddRange(taking.Missing(entries.Select(static e => e.Name).ToHashSet(StringComparer.Ordinal)));
        return new PluginInventory([.. entries.OrderBy(static e => e.Name, StringComparer.Ordinal)], findings);
    }

    private static HostState StateOf(string directory, List<Finding> findings)
    {
        try
        {
            return new StateFile(Path.GetFullPath(directory)).Peek();
        }
        catch (Exception e) when (DamagedFile.FindingOf(e) is not null)
        {
            // The rest is told all the same: a host that runs goes by what it read before.
            findings.Add(DamagedFile.FindingOf(e)!);
            return new HostState();
        }
    }
}
