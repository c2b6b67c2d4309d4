using System.CommandLine;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Rendering;
using CloudSage.Cli.Sessions;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Hosting;

namespace CloudSage.Cli.Commands;

/// <summary><c>csg plugins grant|revoke|unregister|verify</c>: what is registered, what it may do, and whether the folder is still so.</summary>
internal static class GrantCommands
{
    public static IEnumerable<Command> Create(Answer answer) =>
    [
        Change("grant", "Grant permissions to a registered plugin; a running host lets it use them at once.", ("granted", "is granted"), answer, static (r, plugin, named) => r.Grant(plugin, named)),
        Change("revoke", "Take permissions back; a running plugin is denied their next use.", ("revoked", "is no longer granted, save for what a host's configuration grants:"), answer, static (r, plugin, named) => r.Revoke(plugin, named)),
        Unregister(answer),
        Verify(answer),
    ];

    private static Command Change(
        string verb, string description, (string Change, string Outcome) done, Answer answer, Func<PluginRegistrar, string, string[], IReadOnlyList<Finding>> change)
    {
        var name = new Argument<string>("NAME") { Description = "The plugin's name." };
        var permissions = new Argument<string[]>("PERMISSION") { Description = "The permissions.", Arity = ArgumentArity.OneOrMore };
        var registrar = new RegistrarOptions();
        var command = new Command(verb, description) { name, permissions };
        registrar.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RegistrarOptions.RunAsync(answer, async () =>
        {
            if (PluginFolder.Check(parsed.GetRequiredValue(registrar.Plugins)) is { } missing) return answer.Refuse(missing);
            await using var opened = registrar.Open(parsed);
            var plugin = parsed.GetRequiredValue(name);
            string[] named = [.. parsed.GetRequiredValue(permissions).Distinct(StringComparer.Ordinal)];
            if (change(opened, plugin, named) is { Count: > 0 } refused) return answer.Refuse(refused);
            await answer.TellAsync(new PluginChange(plugin, done.Change, named), CliJsonContext.Default.PluginChange, $"{plugin} {done.Outcome} {string.Join(", ", named)}.", cancellationToken);
            return ExitCodes.Success;
        }));
        return command;
    }

    private static Command Unregister(Answer answer)
    {
        var name = new Argument<string>("NAME") { Description = "The plugin's name." };
        var registrar = new RegistrarOptions();
        var command = new Command("unregister", "Take a plugin out of the plugin folder and its lock file, with its grants.") { name };
        command.Aliases.Add("remove");
        registrar.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RegistrarOptions.RunAsync(answer, async () =>
        {
            if (PluginFolder.Check(parsed.GetRequiredValue(registrar.Plugins)) is { } missing) return answer.Refuse(missing);
            await using var opened = registrar.Open(parsed);
            var plugin = parsed.GetRequiredValue(name);
            if (await opened.UnregisterAsync(plugin, cancellationToken) is { Count: > 0 } refused) return answer.Refuse(refused);
            var line = $"{plugin} is unregistered, and its files are deleted. A running host drains and unloads it.";
            await answer.TellAsync(new PluginChange(plugin, "unregistered", []), CliJsonContext.Default.PluginChange, line, cancellationToken);
            return ExitCodes.Success;
        }));
        return command;
    }

    private static Command Verify(Answer answer)
    {
        var registrar = new RegistrarOptions();
        var command = new Command("verify", "Hold the plugin folder against its lock file, after completing what was cut off.");
        registrar.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RegistrarOptions.RunAsync(answer, async () =>
        {
            if (PluginFolder.Check(parsed.GetRequiredValue(registrar.Plugins)) is { } missing) return answer.Refuse(missing);
            await using var opened = registrar.Open(parsed);
            var check = new FolderCheck(opened.Read().Plugins.Count, await opened.VerifyAsync(cancellationToken));
            var exitCode = check.Findings.Count > 0 ? answer.Refuse(check.Findings) : ExitCodes.Success;
            if (answer.IsJson || exitCode == ExitCodes.Success)
                await answer.TellAsync(check, CliJsonContext.Default.FolderCheck, $"All {check.Registered} registered plugins are as the lock file says.", cancellationToken);
            return exitCode;
        }));
        return command;
    }
}
