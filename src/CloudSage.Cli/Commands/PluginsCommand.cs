using System.CommandLine;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Rendering;
using CloudSage.Cli.Sessions;
using CloudSage.Terminal.Plugins;
using CloudSage.Terminal;

namespace CloudSage.Cli.Commands;

/// <summary><c>csg plugins list|show</c>, and the commands beside them: starts the plugins of a folder and tells how they are.</summary>
internal static class PluginsCommand
{
    public static Command Create(TerminalOutput output, TerminalOutput error)
    {
        var command = new Command("plugins", "Look at the plugins of a folder, decide what a host may use, and make new ones.")
        {
            CreateCommand.Create(output, error), ValidateCommand.Create(output, error), TestCommand.Create(output, error), PackCommand.Create(output, error),
            List(output, error), Show(output, error), DoctorCommand.Create(output, error), AuditCommand.Create(output, error),
            RegisterCommand.Create(output, error), InstallCommand.Create(output, error), UpdateCommand.Create(output, error),
        };
        foreach (var change in DecisionCommands.Create(output, error).Concat(GrantCommands.Create(output, error))) command.Add(change);
        command.Aliases.Add("plugin");
        return command;
    }

    private static Command List(TerminalOutput output, TerminalOutput error)
    {
        var (plugins, format, verbose) = (CommonOptions.Plugins(), CommonOptions.Output(), CommonOptions.Verbose());
        var command = new Command("list", "List the plugins with their states, timings and findings.") { plugins, format, verbose };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (PluginFolder.Check(parsed.GetRequiredValue(plugins)) is { } missing) return error.Refuse(missing);
            await using var session = await PluginSession.StartAsync(
                new SessionRequest(parsed.GetRequiredValue(plugins)) { Verbose = parsed.GetValue(verbose) }, cancellationToken);
            if (parsed.GetValue(format) == "json") await ResultJson.WriteAsync(session.Plugins.Plugins, cancellationToken);
            else output.Write(PluginTable.Of(session.Plugins.Plugins));
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Show(TerminalOutput output, TerminalOutput error)
    {
        var name = new Argument<string>("NAME") { Description = "The plugin's name." };
        var (plugins, format, verbose) = (CommonOptions.Plugins(), CommonOptions.Output(), CommonOptions.Verbose());
        var command = new Command("show", "Show everything about one plugin.") { name, plugins, format, verbose };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (PluginFolder.Check(parsed.GetRequiredValue(plugins)) is { } missing) return error.Refuse(missing);
            await using var session = await PluginSession.StartAsync(
                new SessionRequest(parsed.GetRequiredValue(plugins)) { Verbose = parsed.GetValue(verbose) }, cancellationToken);
            if (session.Plugins.Find(parsed.GetRequiredValue(name)) is not { } plugin)
                return error.Refuse(PluginFolder.Unknown(parsed.GetRequiredValue(name), session.Plugins.Plugins));
            if (parsed.GetValue(format) == "json") await ResultJson.WriteAsync(plugin, cancellationToken);
            else output.Write(PluginDetails.Of(plugin));
            return ExitCodes.Success;
        });
        return command;
    }
}
