using System.CommandLine;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Rendering;
using CloudSage.Cli.Sessions;
using CloudSage.Terminal.Plugins;

namespace CloudSage.Cli.Commands;

/// <summary><c>csg plugins list|show</c>, and the commands beside them: starts the plugins of a folder and tells how they are.</summary>
internal static class PluginsCommand
{
    public static Command Create(Answer answer)
    {
        var command = new Command("plugins", "Look at the plugins of a folder, decide what a host may use, and make new ones.")
        {
            CreateCommand.Create(answer), ValidateCommand.Create(answer), TestCommand.Create(answer), PackCommand.Create(answer),
            List(answer), Show(answer), DoctorCommand.Create(answer), AuditCommand.Create(answer),
            RegisterCommand.Create(answer), InstallCommand.Create(answer), UpdateCommand.Create(answer),
        };
        foreach (var change in DecisionCommands.Create(answer).Concat(GrantCommands.Create(answer))) command.Add(change);
        command.Aliases.Add("plugin");
        return command;
    }

    private static Command List(Answer answer)
    {
        var (plugins, format, verbose) = (CommonOptions.Plugins(), CommonOptions.Output(), CommonOptions.Verbose());
        var command = new Command("list", "List the plugins with their states, timings and findings.") { plugins, format, verbose };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (PluginFolder.Check(parsed.GetRequiredValue(plugins)) is { } missing) return answer.Refuse(missing);
            await using var session = await PluginSession.StartAsync(
                new SessionRequest(parsed.GetRequiredValue(plugins)) { Verbose = parsed.GetValue(verbose) }, cancellationToken);
            await answer.TellAsync(session.Plugins.Plugins, CliJsonContext.Default.IReadOnlyListPluginStatus, PluginTable.Of, cancellationToken);
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Show(Answer answer)
    {
        var name = new Argument<string>("NAME") { Description = "The plugin's name." };
        var (plugins, format, verbose) = (CommonOptions.Plugins(), CommonOptions.Output(), CommonOptions.Verbose());
        var command = new Command("show", "Show everything about one plugin.") { name, plugins, format, verbose };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (PluginFolder.Check(parsed.GetRequiredValue(plugins)) is { } missing) return answer.Refuse(missing);
            await using var session = await PluginSession.StartAsync(
                new SessionRequest(parsed.GetRequiredValue(plugins)) { Verbose = parsed.GetValue(verbose) }, cancellationToken);
            if (session.Plugins.Find(parsed.GetRequiredValue(name)) is not { } plugin)
                return answer.Refuse(PluginFolder.Unknown(parsed.GetRequiredValue(name), session.Plugins.Plugins));
            await answer.TellAsync(plugin, CliJsonContext.Default.PluginStatus, PluginDetails.Of, cancellationToken);
            return ExitCodes.Success;
        });
        return command;
    }
}
