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
    public static Command Create(TerminalOutput output, TerminalOutput error)
    {
        var name = new Argument<string?>("NAME") { Description = "The plugin to update; without it, the newer versions are listed.", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "Update every plugin that has a newer version within its range." };
        var (sources, prerelease) = (InstallCommand.Sources(), InstallCommand.Prerelease());
        var flow = new RegistrationFlow(output, error);
        var command = new Command("update", "List newer versions of plugins from NuGet, or update within the range that was installed.") { name, all, sources, prerelease };
        flow.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RegistrarOptions.RunAsync(error, async () =>
        {
            if (PluginFolder.Check(parsed.GetRequiredValue(flow.Registrar.Plugins)) is { } missing) return error.Refuse(missing);
            var installed = InstalledPackage.In(await ReadAsync(flow, parsed)).ToList();
            var wanted = parsed.GetValue(name);
            if (wanted is not null && installed.RemoveAll(p => p.Plugin != wanted) >= 0 && installed.Count == 0)
                return error.Refuse(Finding.Error(CliCodes.UnknownPlugin, $"No plugin '{wanted}' was installed from NuGet.", "'csg plugins install' installs one."));

            await using var session = new PackageSession();
            PackageRequest Request(InstalledPackage p) => new(p.Id) { Version = p.Locked.Range, Sources = parsed.GetRequiredValue(sources), AllowPrerelease = parsed.GetValue(prerelease) };
            var outdated = await session.Packages.OutdatedAsync([.. installed.Select(p => (p.Version, Request(p)))], cancellationToken);
            if (wanted is null && !parsed.GetValue(all))
            {
                if (parsed.GetValue(flow.Format) == "json") await ResultJson.WriteAsync(outdated, cancellationToken);
                else output.Write(PackageView.Of(outdated));
                return outdated.All(static o => o.Findings.Count == 0) ? ExitCodes.Success : ExitCodes.Failed;
            }

            var worst = ExitCodes.Success;
            foreach (var (package, newer) in installed.Zip(outdated))
            {
                if (newer.Allowed is not { } version)
                {
                    if (newer.Findings.Count > 0) worst = error.Refuse(newer.Findings);
                    else error.WriteLine($"{package.Plugin} {package.Version} is the newest that {(package.Locked.Range is null ? "there is" : $"{package.Locked.Range} allows")}{(newer.Latest is null ? "." : $"; there is {newer.Latest}.")}");
                    continue;
                }

                var exitCode = await InstallCommand.InstallAsync(parsed, flow, session, Request(package) with { Version = version }, output, error, cancellationToken, package.Locked.Range);
                if (exitCode != ExitCodes.Success) worst = exitCode;
            }

            return worst;
        }));
        return command;
    }

    private static async Task<PluginLock> ReadAsync(RegistrationFlow flow, ParseResult parsed)
    {
        await using var opened = flow.Registrar.Open(parsed);
        return opened.Read();
    }
}
