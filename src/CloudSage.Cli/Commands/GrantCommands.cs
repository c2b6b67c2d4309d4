using System.CommandLine;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Sessions;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Hosting;
using CloudSage.Terminal;

namespace CloudSage.Cli.Commands;

/// <summary><c>csg plugins grant|revoke|unregister|verify</c>: what is registered, what it may do, and whether the folder is still so.</summary>
internal static class GrantCommands
{
    public static IEnumerable<Command> Create(TerminalOutput output, TerminalOutput error) =>
    [
        Change("grant", "Grant permissions to a registered plugin; a running host lets it use them at once.", "is granted", output, error, static (r, plugin, named) => r.Grant(plugin, named)),
        Change("revoke", "Take permissions back; a running plugin is denied their next use.", "is no longer granted", output, error, static (r, plugin, named) => r.Revoke(plugin, named)),
        Unregister(output, error),
        Verify(output, error),
    ];

    private static Command Change(
        string verb, string description, string outcome, TerminalOutput output, TerminalOutput error, Func<PluginRegistrar, string, string[], IReadOnlyList<Finding>> change)
    {
        var name = new Argument<string>("NAME") { Description = "The plugin's name." };
        var permissions = new Argument<string[]>("PERMISSION") { Description = "The permissions.", Arity = ArgumentArity.OneOrMore };
        var registrar = new RegistrarOptions();
        var command = new Command(verb, description) { name, permissions };
        registrar.AddTo(command);
        command.SetAction((parsed, _) => RegistrarOptions.RunAsync(error, async () =>
        {
            if (PluginFolder.Check(parsed.GetRequiredValue(registrar.Plugins)) is { } missing) return error.Refuse(missing);
            await using var opened = registrar.Open(parsed);
            var (plugin, named) = (parsed.GetRequiredValue(name), parsed.GetRequiredValue(permissions));
            if (change(opened, plugin, named) is { Count: > 0 } refused) return error.Refuse(refused);
            output.WriteLine($"{plugin} {outcome} {string.Join(", ", named)}.");
            return ExitCodes.Success;
        }));
        return command;
    }

    private static Command Unregister(TerminalOutput output, TerminalOutput error)
    {
        var name = new Argument<string>("NAME") { Description = "The plugin's name." };
        var registrar = new RegistrarOptions();
        var command = new Command("unregister", "Take a plugin out of the plugin folder and its lock file, with its grants.") { name };
        registrar.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RegistrarOptions.RunAsync(error, async () =>
        {
            if (PluginFolder.Check(parsed.GetRequiredValue(registrar.Plugins)) is { } missing) return error.Refuse(missing);
            await using var opened = registrar.Open(parsed);
            if (opened.Unregister(parsed.GetRequiredValue(name), cancellationToken) is { Count: > 0 } refused) return error.Refuse(refused);
            output.WriteLine($"{parsed.GetRequiredValue(name)} is unregistered. A running host drains and unloads it.");
            return ExitCodes.Success;
        }));
        return command;
    }

    private static Command Verify(TerminalOutput output, TerminalOutput error)
    {
        var registrar = new RegistrarOptions();
        var command = new Command("verify", "Hold the plugin folder against its lock file, after completing what was cut off.");
        registrar.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RegistrarOptions.RunAsync(error, async () =>
        {
            if (PluginFolder.Check(parsed.GetRequiredValue(registrar.Plugins)) is { } missing) return error.Refuse(missing);
            await using var opened = registrar.Open(parsed);
            if (await opened.VerifyAsync(cancellationToken) is { Count: > 0 } differences) return error.Refuse(differences);
            output.WriteLine($"All {opened.Read().Plugins.Count} registered plugins are as the lock file says.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
