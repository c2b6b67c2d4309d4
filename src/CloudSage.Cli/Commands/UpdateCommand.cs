using System.CommandLine;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Rendering;
using CloudSage.Cli.Sessions;
using CloudSage.PluginHost;
using CloudSage.PluginHost.NuGet;
using CloudSage.PluginHost.Registration;
using CloudSage.Terminal;

namespace CloudSage.Cli.Commands;

/// <summary><c>csg plugins update</c>: which plugins from NuGet have newer versions, and those that their ranges allow put in place.</summary>
internal static class UpdateCommand
{
    public static Command Create(Answer answer)
    {
        var name = new Argument<string?>("NAME") { Description = "The plugin to update; without it, the newer versions are listed.", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "Update every plugin that has a newer version within its range." };
        var security = new Option<bool>("--security") { Description = "Update what is affected by advisories, to the lowest version within its range that mends it." };
        var advisories = new ExaminationOptions();
        var (sources, prerelease, signed) = (InstallCommand.Sources(), InstallCommand.Prerelease(), InstallCommand.Signed());
        // With --security the plan looks up; a version that mends one of two advisories is better than none.
        var flow = new RegistrationFlow(answer, looksUp: false);
        var command = new Command("update", "List newer versions of plugins from NuGet, or update within the range that was installed.") { name, all, security };
        advisories.AddTo(command);
        command.Add(sources);
        command.Add(prerelease);
        command.Add(signed);
        command.Validators.Add(result =>
        {
            if (!result.GetValue(security) && advisories.IsNamedIn(result)) result.AddError("--advisories belongs to --security: the database says what is affected.");
            else if (result.GetValue(security) && result.GetValue(all)) result.AddError("--security and --all exclude each other.");
        });
        flow.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RegistrarOptions.RunAsync(answer, async () =>
        {
            if (parsed.GetValue(security))
            {
                if (advisories.NotLookedUp(parsed) is { } none) return answer.Refuse(none with { Code = CliCodes.Usage, Severity = FindingSeverity.Error });
                if (advisories.Check(parsed) is { } absent) return answer.Refuse(absent);
            }

            if (PluginFolder.Check(parsed.GetRequiredValue(flow.Registrar.Plugins)) is { } missing) return answer.Refuse(missing);
            var installed = InstalledPackage.In(await ReadAsync(flow, parsed)).ToList();
            var wanted = parsed.GetValue(name);
            if (wanted is not null && installed.RemoveAll(p => p.Plugin != wanted) >= 0 && installed.Count == 0)
                return answer.Refuse(Finding.Error(CliCodes.UnknownPlugin, $"No plugin '{wanted}' was installed from NuGet.", "'csg plugins install' installs one."));

            if (parsed.GetValue(security))
                return await new SecurityUpdateFlow(flow, answer).RunAsync(parsed, wanted, advisories, parsed.GetRequiredValue(sources), parsed.GetValue(prerelease), parsed.GetValue(signed), cancellationToken);

            await using var session = new PackageSession(parsed.GetValue(signed));
            PackageRequest Request(InstalledPackage p) => new(p.Package.Id) { Version = p.Locked.Range, Source = p.Package.Source, Sources = parsed.GetRequiredValue(sources), AllowPrerelease = parsed.GetValue(prerelease) };
            var outdated = await PackageSteps.WhileAsync(answer, "asking for newer versions", _ => session.Packages.OutdatedAsync([.. installed.Select(p => (p.Package.Version, Request(p)))], cancellationToken));
            if (wanted is null && !parsed.GetValue(all))
            {
                await answer.TellAsync(outdated, CliJsonContext.Default.IReadOnlyListOutdatedPackage, PackageView.Of, cancellationToken);
                return outdated.All(static o => o.Findings.Count == 0) ? ExitCodes.Success : ExitCodes.Failed;
            }

            var (worst, results) = (ExitCodes.Success, new List<RegistrationResult>());
            foreach (var (package, newer) in installed.Zip(outdated))
            {
                if (newer.Allowed is not { } version)
                {
                    if (newer.Findings.Count > 0) Told(RegistrationResult.Refused(package.Plugin, newer.Findings));
                    else answer.Error.WriteLine(Newest(package, newer));
                    continue;
                }

                Told(await InstallCommand.InstallAsync(parsed, flow, session, Request(package) with { Version = version }, package.Locked.Range, answer, cancellationToken));
            }

            if (answer.IsJson) await answer.TellJsonAsync(results, CliJsonContext.Default.IReadOnlyListRegistrationResult, cancellationToken);
            return worst;

            void Told(RegistrationResult result)
            {
                results.Add(result);
                if (flow.Show(result) is not ExitCodes.Success and var exitCode) worst = exitCode;
            }
        }));
        return command;
    }

    /// <summary>Why there is nothing to take.</summary>
    private static string Newest(InstalledPackage package, OutdatedPackage newer)
    {
        var beyond = newer.Latest is null ? "." : $"; there is {newer.Latest}.";
        return PlainText.Line(newer.IsPinned
            ? $"{package.Plugin} is pinned to {package.Locked.Range}{beyond}{(newer.Latest is null ? string.Empty : $" To take it: csg plugins install {package.Package.Id}@{newer.Latest}")}"
            : $"{package.Plugin} {package.Package.Version} is the newest that {(package.Locked.Range is null ? "there is" : $"{package.Locked.Range} allows")}{beyond}");
    }

    private static async Task<PluginLock> ReadAsync(RegistrationFlow flow, ParseResult parsed)
    {
        await using var opened = flow.Registrar.Open(parsed);
        return opened.Read();
    }
}
