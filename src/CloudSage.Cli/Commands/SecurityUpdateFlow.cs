using System.CommandLine;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Rendering;
using CloudSage.Cli.Sessions;
using CloudSage.PluginHost.Advisories;
using CloudSage.PluginHost.Advisories.Scanning;
using CloudSage.PluginHost.Updates;
using CloudSage.PluginHost.Updates.Planning;
using CloudSage.Terminal;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.Cli.Commands;

/// <summary>Updates plugins by an operator's hand to the versions that mend what affects them: whatever its severity, however young, and also what a host has taken back.</summary>
internal sealed class SecurityUpdateFlow(RegistrationFlow flow, Answer answer)
{
    public async Task<int> RunAsync(ParseResult parsed, string? plugin, ExaminationOptions advisories, string[] sources, bool prerelease, bool requiresSignatures, CancellationToken cancellationToken)
    {
        await using var session = new PackageSession(requiresSignatures, services => services
            .AddSingleton<AdvisoryScanner>()
            .Configure<AdvisoryOptions>(options => advisories.Configure(parsed, options))
            .AddSecurityUpdatePlanner(policy =>
            {
                (policy.MinimumSeverity, policy.Cooldown, policy.AllowPrerelease) = (AdvisorySeverity.Low, TimeSpan.Zero, prerelease);
                foreach (var source in sources) policy.Sources.Add(source);
            }));
        var (worst, results) = (ExitCodes.Success, new List<RegistrationResult>());
        var planner = session.Services.GetRequiredService<SecurityUpdatePlanner>();
        var updates = await PackageSteps.WhileAsync(answer, "looking for versions that mend what is affected", _ => planner.PlanAsync(parsed.GetRequiredValue(flow.Registrar.Plugins), plugin, cancellationToken));
        foreach (var update in updates)
        {
            // Of one that cannot be looked at nothing is known but that.
            if (update.Advisories.Count > 0) answer.Error.WriteLine(PlainText.Line($"{update.Plugin} {update.Installed} is affected by {Ids(update.Advisories)}."));
            var result = await UpdateAsync(parsed, session, update, cancellationToken);
            results.Add(result);
            if (result.Registered) worst = flow.Show(result) is not ExitCodes.Success and var exitCode ? exitCode : worst;
            else foreach (var finding in result.Findings) answer.Remark(finding);
        }

        if (updates.Count == 0) answer.Error.WriteLine(plugin is null ? "No plugin is known to be affected." : $"{plugin} is not known to be affected.");
        // What could not be looked at, or could not be mended, is no good news.
        foreach (var audit in AuditCommand.Audit(parsed.GetRequiredValue(flow.Registrar.Plugins), session.Services.GetRequiredService<AdvisoryScanner>(), cancellationToken))
        {
            if (audit.Report.Verdict == AdvisoryVerdict.Clean || (plugin is not null && audit.Plugin != plugin)) continue;
            answer.Error.WriteLine(PlainText.Line($"{audit.Plugin} is {(audit.Report.Matches.Count > 0 ? $"still affected by {Ids(audit.Report.Matches)}" : "not known to be clean")}: csg plugins audit {audit.Plugin} --advisories {advisories.Database(parsed)}"));
            if (worst == ExitCodes.Success) worst = ExitCodes.Failed;
        }

        if (answer.IsJson) await answer.TellJsonAsync(results, CliJsonContext.Default.IReadOnlyListRegistrationResult, cancellationToken);
        return worst;
    }

    private async Task<RegistrationResult> UpdateAsync(ParseResult parsed, PackageSession session, SecurityUpdate update, CancellationToken cancellationToken)
        => update.Package is { } plan
            ? await InstallCommand.InstallAsync(parsed, flow, session, plan.Request, update.Locked!.Range, answer, cancellationToken)
            : RegistrationResult.Refused(update.Plugin, update.Findings);

    private static string Ids(IEnumerable<AdvisoryMatch> matches) => string.Join(", ", matches.Select(static m => $"{m.Package} ({m.Ids[0]})"));
}
