using CloudSage.PluginHost.Advisories.Closures;
using CloudSage.PluginHost.Advisories.Databases;
using CloudSage.PluginHost.Advisories.Matching;
using CloudSage.PluginHost.Advisories.Records;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Advisories.Scanning;

/// <summary>
/// Says whether a plugin brings packages with known vulnerabilities. What cannot be looked at is never called clean: see <see cref="AdvisoryVerdict"/>.
/// </summary>
/// <param name="options">Where the database is, how old it may be, and what is waived.</param>
/// <param name="clock">Tells how old the database is and which waivers hold.</param>
public sealed class AdvisoryScanner(IOptionsMonitor<AdvisoryOptions> options, TimeProvider clock)
{
    /// <summary>More than anybody reads. Each is a finding that the host keeps.</summary>
    private const int MostMatches = 500;

    /// <summary>The open database.</summary>
    internal DatabaseCache Databases { get; } = new();

    /// <summary>Looks up everything that a plugin brings.</summary>
    /// <param name="plugin">The plugin's name, for which a waiver may be.</param>
    /// <param name="path">The plugin's folder, or its one file.</param>
    /// <param name="entryPoint">The file that it starts with, relative to the folder, as its manifest names it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The report. A database that is absent or damaged is in it, not an exception.</returns>
    /// <exception cref="IOException">A file of the plugin cannot be read.</exception>
    public AdvisoryReport Scan(string plugin, string path, string entryPoint, CancellationToken cancellationToken)
    {
        var settings = options.CurrentValue;
        var closure = PackageClosures.Read(path, entryPoint);
        List<ResolvedPackage> packages = [.. closure.Packages.OrderBy(static p => p.Ecosystem).ThenBy(static p => p.Name, StringComparer.OrdinalIgnoreCase)];
        List<string> unresolved = [.. closure.Unresolved];
        var database = Databases.Open(settings.Database, unresolved, cancellationToken);
        var notMatched = new UnresolvedSentences();
        var matches = database is null ? [] : Match(packages, database, notMatched, cancellationToken);
        unresolved.AddRange(notMatched);
        return Report(plugin, settings, packages, unresolved, database, matches);
    }

    private AdvisoryReport Report(
        string plugin, AdvisoryOptions settings, List<ResolvedPackage> packages, List<string> unresolved, AdvisoryDatabase? database, List<AdvisoryMatch> matches)
    {
        var now = clock.GetUtcNow();
        var judged = matches.ToLookup(match => WaiverLookup.For(match, plugin, settings.Waivers, now));
        List<AdvisoryMatch> open = [.. judged[null].Select(m => m with { Expired = WaiverLookup.ExpiredFor(m, plugin, settings.Waivers, now) }).OrderByDescending(static m => Rank(m.Severity)).ThenBy(static m => m.Ids[0], StringComparer.Ordinal)];
        return new AdvisoryReport
        {
            Verdict = open.Count > 0 ? AdvisoryVerdict.Vulnerable
                : database is null || unresolved.Count > 0 ? AdvisoryVerdict.NotScanned
                : settings.IsTooOld(database.Date.At(now), now) ? AdvisoryVerdict.DatabaseStale
                : AdvisoryVerdict.Clean,
            Matches = open,
            Waived = [.. judged.Where(static g => g.Key is not null).SelectMany(static g => g.Select(match => new WaivedMatch(match, g.Key!)))],
            Packages = packages,
            Unresolved = unresolved,
            SnapshotDate = database is { Count: > 0 } ? database.Date.At(now) : null,
        };
    }

    private static List<AdvisoryMatch> Match(List<ResolvedPackage> packages, AdvisoryDatabase database, UnresolvedSentences unresolved, CancellationToken cancellationToken)
    {
        var matches = new List<AdvisoryMatch>();
        // One reading of the database tells of all versions of a package.
        foreach (var versions in packages.GroupBy(static p => PackageKey.Of(p.Ecosystem, p.Name)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var advisories = database.About(versions.Key);
                foreach (var package in versions)
                {
                    if (matches.Count >= MostMatches)
                    {
                        unresolved.Add($"After {MostMatches} vulnerabilities the other packages were not looked up.");
                        return matches;
                    }

                    matches.AddRange(AdvisoryMatcher.Match(package, advisories, unresolved));
                }
            }
            catch (Exception e) when (e is IOException or InvalidDataException)
            {
                // The database was exchanged meanwhile: not known is not clean.
                unresolved.Add($"The advisories about {versions.Key.Name} cannot be read: {e.Message}");
            }
        }

        return matches;
    }

    /// <summary>What is not known is taken for high.</summary>
    private static AdvisorySeverity Rank(AdvisorySeverity severity) => severity == AdvisorySeverity.Unknown ? AdvisorySeverity.High : severity;
}
