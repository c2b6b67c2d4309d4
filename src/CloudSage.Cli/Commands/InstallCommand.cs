using System.CommandLine;
using CloudSage.Cli.Rendering;
using CloudSage.Cli.Sessions;
using CloudSage.PluginHost.NuGet;

namespace CloudSage.Cli.Commands;

/// <summary><c>csg plugins install</c>: resolves a NuGet package and all that it needs, shows it, and registers the plugin that it is.</summary>
internal static class InstallCommand
{
    public static Command Create(Answer answer)
    {
        var id = new Argument<string>("ID[@VERSION]") { Description = "The package, with an exact version or a range as NuGet writes them: Contoso.Rightsizer@1.2.0, Contoso.Rightsizer@[1.0,2.0)." };
        var (sources, prerelease, signed) = (Sources(), Prerelease(), Signed());
        var flow = new RegistrationFlow(answer);
        var command = new Command("install", "Install a plugin from NuGet: everything it needs is resolved, shown and checked before anything is written.") { id, sources, prerelease, signed };
        flow.AddTo(command);
        command.Add(flow.Locked);
        command.SetAction((parsed, cancellationToken) => RegistrarOptions.RunAsync(answer, async () =>
        {
            var words = parsed.GetRequiredValue(id).Split('@', 2);
            var request = new PackageRequest(words[0])
            {
                Version = words.ElementAtOrDefault(1), Sources = parsed.GetRequiredValue(sources), AllowPrerelease = parsed.GetValue(prerelease),
            };
            await using var session = new PackageSession(parsed.GetValue(signed));
            return await flow.TellAsync(await InstallAsync(parsed, flow, session, request, request.Version, answer, cancellationToken), cancellationToken);
        }));
        return command;
    }

    public static Option<string[]> Sources() => new("--source")
    {
        Description = "A source by its name, address or folder; may be given several times. Without it: those of NuGet.Config.", HelpName = "SOURCE", DefaultValueFactory = static _ => [],
    };

    public static Option<bool> Prerelease() => new("--prerelease") { Description = "Take prereleases too." };

    public static Option<bool> Signed() => new("--require-signature") { Description = "Refuse packages that are not signed by someone whom this machine trusts." };

    /// <summary>Installs one package.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="flow">Registers it.</param>
    /// <param name="session">Resolves it.</param>
    /// <param name="request">The version to take.</param>
    /// <param name="range">The versions that updates may take, as the operator asked for them; null for any.</param>
    /// <param name="answer">Shows what it brings.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<RegistrationResult> InstallAsync(
        ParseResult parsed, RegistrationFlow flow, PackageSession session, PackageRequest request, string? range, Answer answer, CancellationToken cancellationToken)
    {
        var plan = await PackageSteps.WhileAsync(answer, $"resolving {request.Id}", progress => session.Packages.ResolveAsync(request, progress, cancellationToken));
        if (!plan.IsReady) return RegistrationResult.Refused(plan.Manifest?.Name, plan.Findings);
        if (!answer.IsJson) answer.Output.Write(PackageView.Of(plan));
        var prepared = await PackageSteps.WhileAsync(answer, $"preparing {request.Id}", progress => session.Packages.PrepareAsync(plan, parsed.GetRequiredValue(flow.Registrar.Plugins), progress, cancellationToken));
        using var plugin = prepared.Plugin;
        if (plugin is null) return RegistrationResult.Refused(plan.Manifest?.Name, prepared.Findings);
        return await flow.RegisterAsync(parsed, plugin.Folder, PackageOrigin.Of(plugin.Package, range), request.Sources.Count > 0, cancellationToken);
    }
}
