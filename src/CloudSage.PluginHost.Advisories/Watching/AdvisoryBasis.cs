using CloudSage.PluginHost.Advisories.Databases;

namespace CloudSage.PluginHost.Advisories.Watching;

/// <summary>What judgements rest on at a moment: while it stays the same, so do they.</summary>
/// <param name="Generation">Which database, see <see cref="DatabaseCache.Generation"/>.</param>
/// <param name="IsTooOld">Whether it is older than allowed.</param>
/// <param name="Waivers">The waivers that hold.</param>
/// <param name="Settings">The options that decide what follows from a judgement.</param>
internal sealed record AdvisoryBasis(int Generation, bool IsTooOld, string Waivers, string Settings)
{
    public static AdvisoryBasis Of(AdvisoryOptions options, DatabaseCache databases, DateTimeOffset now, CancellationToken cancellationToken)
    {
        databases.ForgetDamaged();
        var database = options.IsOff ? null : databases.Open(options.Database, [], cancellationToken);
        var waivers = options.Waivers.Where(w => w.Expires > now).Select(static w => $"{w.Id} {w.Plugin} {w.Reason}");
        return new AdvisoryBasis(
            databases.Generation, database is not null && options.IsTooOld(database.Date.At(now), now), string.Join('\n', waivers),
            $"{options.Database} {options.Required} {options.MaximumAge} {options.Policy} {options.OnRunning}");
    }
}
