using CloudSage.PluginHost.Advisories;
using CloudSage.PluginHost.NuGet;

namespace CloudSage.PluginHost.Updates.Planning;

/// <summary>
/// Looks for the version that a plugin is updated to: the lowest within its range that mends everything and that the policy takes now, for it changes the
/// least; where none mends everything, the one that mends the most.
/// </summary>
internal sealed class FixSearch(IReleases releases, IUpdateHistory history, SecurityUpdateOptions policy, TimeProvider clock)
{
    /// <summary>Each version that is looked at is downloaded with all that it needs: of more than these, the highest are looked at.</summary>
    private const int MostVersions = 16;

    private readonly List<Finding> _obstacles = [];
    private readonly PassedOverVersions _passedOver = new();
    private DateTimeOffset? _notBefore;

    /// <param name="update">The plugin, with what affects it.</param>
    /// <param name="installed">Where it came from.</param>
    /// <param name="report">All that is known of the installed version.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The packages' cache or the state directory cannot be written.</exception>
    public async Task<SecurityUpdate> FindAsync(SecurityUpdate update, PackageOrigin installed, AdvisoryReport report, CancellationToken cancellationToken)
    {
        var newer = await releases.NewerAsync(installed, update.Locked?.Range, cancellationToken).ConfigureAwait(false);
        if (newer.Findings.Any(static f => f.Severity == FindingSeverity.Error)) return update with { Findings = newer.Findings };
        (Release Release, FixJudgement Judgement)? best = null;
        foreach (var version in newer.Allowed.TakeLast(MostVersions))
        {
            if (await JudgeAsync(update, installed with { Version = version }, report, cancellationToken).ConfigureAwait(false) is not { } fix) continue;
            if (best is null || fix.Judgement.Remaining.Count < best.Value.Judgement.Remaining.Count) best = fix;
            if (fix.Judgement.Remaining.Count == 0) break;
        }

        if (best is { } chosen)
        {
            // A younger version may mend more: then it is looked again when it has come of age.
            return update with
            {
                Package = chosen.Release.Plan, Mended = chosen.Judgement.Mended, Remaining = chosen.Judgement.Remaining, Findings = newer.Findings,
                NotBefore = chosen.Judgement.Remaining.Count == 0 ? null : _notBefore,
            };
        }

        if (newer.Allowed.Count > MostVersions) _passedOver.Add(newer.Allowed.SkipLast(MostVersions), $"not looked at, for only the highest {MostVersions} are");
        _passedOver.Add(newer.PassedOver);
        return update with { NotBefore = _notBefore, Findings = [.. newer.Findings, .. _obstacles, .. await NoneAsync(update, installed, newer, report, cancellationToken).ConfigureAwait(false)] };
    }

    /// <summary>The version with what it mends; null where it mends nothing, or may not be taken now.</summary>
    private async Task<(Release Release, FixJudgement Judgement)?> JudgeAsync(SecurityUpdate update, PackageOrigin candidate, AdvisoryReport report, CancellationToken cancellationToken)
    {
        if (history.WasRolledBack(update.Plugin, candidate.Version))
        {
            Keep(candidate, "taken before and rolled back", Finding.Warning(UpdateCodes.RolledBackBefore, $"{update.Plugin} {candidate.Version} was taken before and did not become healthy.",
                $"A higher version is awaited. To try it again: csg plugins update {update.Plugin}."));
            return null;
        }

        var release = await releases.ExamineAsync(candidate, update.Plugin, cancellationToken).ConfigureAwait(false);
        if (release.Report is null)
        {
            Keep(candidate, "cannot be installed", Finding.Warning(UpdateCodes.CannotBeInstalled, $"{update.Plugin} {candidate.Version} cannot be installed, so it is not known what it mends.", "The findings beside this one say why."));
            _obstacles.AddRange(release.Findings);
            return null;
        }

        var judgement = FixJudgement.Of(report, update.Advisories, release.Report);
        if (judgement.WhyNoFix(report, release.Report) is { } why) _passedOver.Add([candidate.Version], why);
        return judgement.IsFix && MayBeTaken(update, candidate, release.Plan) && await IsOfAgeAsync(update, candidate, judgement, cancellationToken).ConfigureAwait(false) ? (release, judgement) : null;
    }

    private bool MayBeTaken(SecurityUpdate update, PackageOrigin candidate, PackagePlan plan)
    {
        string[] more = [.. plan.Manifest!.Permissions.Select(static p => p.Name).Except([.. update.Locked!.Permissions, .. update.Locked.Grants], StringComparer.Ordinal)];
        if (more.Length == 0) return true;
        Keep(candidate, $"asks for {string.Join(", ", more)} besides", Finding.Warning(UpdateCodes.AsksForMore, $"{update.Plugin} {plan.Packages[0].Version} asks for more than {update.Installed} has: {string.Join(", ", more)}.",
            $"If it may: csg plugins update {update.Plugin} {string.Join(' ', more.Select(static p => $"--grant {p}"))}."));
        return false;
    }

    private async Task<bool> IsOfAgeAsync(SecurityUpdate update, PackageOrigin candidate, FixJudgement judgement, CancellationToken cancellationToken)
    {
        var cooldown = judgement.IsCritical ? policy.CriticalCooldown : policy.Cooldown;
        if (cooldown <= TimeSpan.Zero) return true;
        var seen = history.FirstSeen(candidate.Id, candidate.Version);
        var notBefore = (await releases.PublishedAsync(candidate, cancellationToken).ConfigureAwait(false) ?? seen) + cooldown;
        if (notBefore <= clock.GetUtcNow()) return true;
        _notBefore = _notBefore < notBefore ? _notBefore : notBefore;
        Keep(candidate, $"in its cooldown until {notBefore:u}", Finding.Warning(UpdateCodes.TooYoung, $"{update.Plugin} {candidate.Version} mends it and is too young to be taken before {notBefore:u}.",
            $"It is taken then. To take it now: csg plugins update {update.Plugin}."));
        return false;
    }

    /// <summary>What mends it and may not be taken has a finding of its own, with its remedy.</summary>
    private void Keep(PackageOrigin candidate, string why, Finding obstacle)
    {
        _obstacles.Add(obstacle);
        _passedOver.Add([candidate.Version], why, isToldElsewhere: true);
    }

    /// <summary>Why there is none, unless every version that there is has a finding of its own.</summary>
    private async Task<IReadOnlyList<Finding>> NoneAsync(SecurityUpdate update, PackageOrigin installed, NewerVersions newer, AdvisoryReport report, CancellationToken cancellationToken)
    {
        if (_passedOver.AreToldElsewhere) return [];
        var range = update.Locked?.Range;
        if (_obstacles.Count == 0 && newer.Latest is { } latest && !newer.Allowed.Contains(latest, StringComparer.Ordinal))
        {
            var beyond = await releases.ExamineAsync(installed with { Version = latest }, update.Plugin, cancellationToken).ConfigureAwait(false);
            if (beyond.Report is { } about && FixJudgement.Of(report, update.Advisories, about).IsFix)
            {
                return [Finding.Warning(UpdateCodes.BeyondRange, $"{update.Plugin} {latest} mends it, and is beyond the range {range} that was installed. Of those above {installed.Version}: {_passedOver}.",
                    $"If it suits: csg plugins install {installed.Id}@{latest}.")];
            }
        }

        return [Finding.Warning(UpdateCodes.NoFix, $"No version of {installed.Id} above {installed.Version}{(range is null ? string.Empty : $" within {range}")} mends it and may be taken: {_passedOver}.",
            _obstacles.Count > 0 ? "The findings beside this one say what can be done." : "Watch for one; until then waive the advisory for a time, or unregister the plugin.")];
    }
}
