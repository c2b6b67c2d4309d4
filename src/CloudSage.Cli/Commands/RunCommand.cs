using System.CommandLine;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Rendering;
using CloudSage.Cli.Sessions;
using CloudSage.PluginHost.Triggers;
using CloudSage.PluginHost;

namespace CloudSage.Cli.Commands;

/// <summary><c>csg run</c>: runs one plugin once, by hand.</summary>
internal static class RunCommand
{
    public static Command Create(Answer answer)
    {
        var name = new Argument<string>("PLUGIN") { Description = "The plugin's name." };
        var what = new Option<string?>("--command") { Description = "The command; without it, the one of the manifest's manual trigger.", HelpName = "NAME" };
        var input = new Option<string[]>("--input")
        {
            Description = "A parameter; may be given several times.", HelpName = "KEY=VALUE", DefaultValueFactory = static _ => [],
        };
        var (plugins, settings, format, verbose) = (CommonOptions.Plugins(), CommonOptions.Settings(), CommonOptions.Output(), CommonOptions.Verbose());
        var command = new Command("run", "Run a plugin once, by hand.") { name, what, input, plugins, settings, format, verbose };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            List<Finding> findings = [];
            if (PluginFolder.Check(parsed.GetRequiredValue(plugins)) is { } missing) findings.Add(missing);
            var set = PluginSetting.Read(parsed.GetValue(settings) ?? [], findings);
            var parameters = Parameters(parsed.GetValue(input) ?? [], findings);
            if (findings.Count > 0) return answer.Refuse(findings);

            var request = new SessionRequest(parsed.GetRequiredValue(plugins)) { Settings = set, Only = parsed.GetRequiredValue(name), Verbose = parsed.GetValue(verbose) };
            await using var session = await PluginSession.StartAsync(request, cancellationToken);
            var plugin = parsed.GetRequiredValue(name);
            if (session.Plugins.Find(plugin) is null) return answer.Refuse(PluginFolder.Unknown(plugin, session.Plugins.Plugins));

            var run = await session.Runner.RunAsync(plugin, new PluginRunRequest { Command = parsed.GetValue(what), Input = parameters }, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            await answer.TellAsync(run, CliJsonContext.Default.PluginRunResult, RunView.Of, cancellationToken);
            return ExitCodeOf(run.Status);
        });
        return command;
    }

    private static int ExitCodeOf(PluginRunStatus status) => status switch
    {
        PluginRunStatus.Succeeded => ExitCodes.Success,
        PluginRunStatus.Unavailable or PluginRunStatus.Refused => ExitCodes.BadInput,
        _ => ExitCodes.Failed,
    };

    private static Dictionary<string, string> Parameters(IEnumerable<string> texts, List<Finding> findings)
    {
        Dictionary<string, string> parameters = new(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) parameters[text[..equals]] = text[(equals + 1)..];
            else findings.Add(Finding.Error(CliCodes.BadForm, $"'{text}' is not a parameter.", "Write --input KEY=VALUE."));
        }

        return parameters;
    }
}
