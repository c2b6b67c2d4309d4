using CloudSage.PluginHost.Advisories;
using CloudSage.PluginHost.Advisories.Scanning;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Updates.Planning;

/// <summary>Finds the plugins of a folder that bring packages with known vulnerabilities, and the versions that mend them. Changes nothing.</summary>
public sealed class SecurityUpdatePlanner
{
    private readonly InstalledPlugins _installed;
    private readonly Func<UnpackedArchives> _archives;
    private readonly IReleases _releases;
    private readonly AdvisoryScanner _scanner;
    private readonly IUpdateHistory _history;
    private readonly IOptionsMonitor<SecurityUpdateOptions> _options;
    private readonly TimeProvider _clock;

    internal SecurityUpdatePlanner(
        InstalledPlugins installed, Func<UnpackedArchives> archives, IReleases releases, AdvisoryScanner scanner, IUpdateHistory history, IOptionsMonitor<SecurityUpdateOptions> options, TimeProvider clock)
        => (_installed, _archives, _releases, _scanner, _history, _options, _clock) = (installed, archives, releases, scanner, history, options, clock);

    /// <summary>Makes the plan for a plugin folder.</summary>
    /// <param name="pluginDirectory">The plugin folder.</param>
    /// <param name="plugin">The plugin that is asked about; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One entry for each plugin that something affects which the policy heeds, and for each that cannot be looked at, by name.</returns>
    /// <exception cref="InvalidDataException">The lock file is damaged.</exception>
    /// <exception cref="IOException">The folder or its lock file cannot be read.</exception>
    public async Task<IReadOnlyList<SecurityUpdate>> PlanAsync(string pluginDirectory, string? plugin, CancellationToken cancellationToken)
    {
        var updates = new List<SecurityUpdate>();
        using var archives = _archives();
        var found = await _installed.InAsync(Path.GetFullPath(pluginDirectory), archives, cancellationToken).ConfigureAwait(false);
        foreach (var installed in found.Where(p => plugin is null || p.Name == plugin).OrderBy(static p => p.Name, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await TryPlanAsync(installed, cancellationToken).ConfigureAwait(false) is { } update) updates.Add(update);
        }

        return updates;
    }

    private async Task<SecurityUpdate?> TryPlanAsync(InstalledPlugin plugin, CancellationToken cancellationToken)
    {
        try
        {
            return await PlanAsync(plugin, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // A file that is held, missing rights, a full disk: the others must not wait for that to be mended.
            return new SecurityUpdate(plugin.Name, plugin.Manifest.Version, [])
            {
                Locked = plugin.Locked,
                Findings = [Finding.Error(UpdateCodes.CannotBeRead, $"Whether {plugin.Name} {plugin.Manifest.Version} needs an update cannot be told: {e.Message}",
                    "See to its files and to the space for packages; it is tried again.", new FindingLocation(plugin.Path))],
            };
        }
    }

    private async Task<SecurityUpdate?> PlanAsync(InstalledPlugin plugin, CancellationToken cancellationToken)
    {
        var policy = _options.CurrentValue;
        var report = _scanner.Scan(plugin.Name, plugin.Content, plugin.Manifest.EntryPoint, cancellationToken);
        AdvisoryMatch[] pressing = [.. report.Matches.Where(m => Rank(m.Severity) >= Rank(policy.MinimumSeverity))];
        if (pressing.Length == 0) return null;
        var update = new SecurityUpdate(plugin.Name, plugin.Manifest.Version, pressing) { Locked = plugin.Locked };
        if (policy.Exempt.Contains(plugin.Name, StringComparer.Ordinal))
            return update with { Findings = [Finding.Warning(UpdateCodes.Exempt, $"{plugin.Name} is exempt from security updates.", $"Update it by hand: csg plugins update {plugin.Name}.")] };
        if (plugin.Origin is not { } origin)
        {
            return update with { Findings = [Finding.Warning(UpdateCodes.NoOrigin, $"{plugin.Name} {plugin.Manifest.Version} was not installed from a package, so no newer versions are known.",
                "Register a version that mends it: csg plugins register PATH.")] };
        }

        return plugin.Locked!.Version == plugin.Manifest.Version
            ? await new FixSearch(_releases, _history, policy, _clock).FindAsync(update, origin, report, cancellationToken).ConfigureAwait(false)
            : update with { Findings = [NotAsRegistered(plugin)] };
    }

    private static Finding NotAsRegistered(InstalledPlugin plugin) => Finding.Warning(
        UpdateCodes.NotAsRegistered, $"{plugin.Name} {plugin.Manifest.Version} lies in the plugin folder, and {plugin.Locked!.Version} is registered.",
        $"Put the registered version back, or register this one: csg plugins register {plugin.Path}.", new FindingLocation(plugin.Path));

    /// <summary>What is not known is taken for high.</summary>
    private static AdvisorySeverity Rank(AdvisorySeverity severity) => severity == AdvisorySeverity.Unknown ? AdvisorySeverity.High : severity;
}
