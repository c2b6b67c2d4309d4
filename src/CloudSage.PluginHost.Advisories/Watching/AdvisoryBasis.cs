using CloudSage.PluginHost.Advisories.Databases;

namespace CloudSage.PluginHost.Advisories.Watching;

/// <summary>What judgements rest on at a moment: while it stays the same, so do they.</summary>
/// <param name="Generation">Which database, see <see cref="DatabaseCache.Generation"/>.</param>
/// <param name="IsTooOld">Whether it is older than allowed.</param>
/// <param name="Terms">What the operator wants.</param>
internal sealed record AdvisoryBasis(int Generation, bool IsTooOld, AdvisoryTerms Terms)
{
    public static AdvisoryBasis Of(AdvisoryOptions options, DatabaseCache databases, DateTimeOffset now, CancellationToken cancellationToken)
    {
        databases.ForgetDamaged();
        var database = options.IsOff ? null : databases.Open(options.Database, [], cancellationToken);
        return new AdvisoryBasis(databases.Generation, database is not null && options.IsTooOld(database.Date.At(now), now), AdvisoryTerms.Of(options, now));
    }
}

/// <summary>The part of it that the operator writes.</summary>
/// <param name="Waivers">The waivers that hold, and whether each ends soon.</param>
/// <param name="Settings">The options that decide what follows from a judgement.</param>
internal sealed record AdvisoryTerms(string Waivers, string Settings)
{
    public static AdvisoryTerms Of(AdvisoryOptions options, DateTimeOffset now) => new(
        string.Join('\n', options.Waivers.Where(w => w.Expires > now).Select(w => $"{w.Id} {w.Plugin} {w.Reason} {w.EndsSoon(now)}")),
        $"{options.Database} {options.Required} {options.MaximumAge} {options.Policy} {options.OnRunning}");
}
