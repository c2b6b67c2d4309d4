using System.CommandLine;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Rendering;
using CloudSage.Cli.Sessions;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost;

namespace CloudSage.Cli.Commands;

/// <summary><c>csg plugins disable|enable|retry</c>: decides for a host by way of its state directory, whether it runs or not.</summary>
internal static class DecisionCommands
{
    public static IEnumerable<Command> Create(Answer answer) =>
    [
        Decide("disable", "Drain, stop and unload a plugin, and keep it out of use.", ("disabled", "is disabled"), answer, static (decisions, plugin) => decisions.Disable(plugin)),
        Decide("enable", "Let a disabled plugin serve again.", ("enabled", "is enabled"), answer, static (decisions, plugin) => decisions.Enable(plugin)),
        Decide("retry", "Lift a quarantine, and try a faulted or rejected plugin again.", ("retried", "gets another try"), answer, static (decisions, plugin) => decisions.Retry(plugin)),
    ];

    private static Command Decide(string verb, string description, (string Change, string Outcome) done, Answer answer, Action<OperatorDecisions, string> decide)
    {
        var name = new Argument<string>("NAME") { Description = "The plugin's name." };
        var (plugins, state) = (CommonOptions.Folder(), CommonOptions.State());
        var command = new Command(verb, description) { name, plugins, state, CommonOptions.Output() };
        command.SetAction((parsed, cancellationToken) => RegistrarOptions.RunAsync(answer, async () =>
        {
            var (directory, plugin) = (parsed.GetRequiredValue(state), parsed.GetRequiredValue(name));
            if (!Directory.Exists(directory))
            {
                return answer.Refuse(Finding.Error(CliCodes.NotFound, $"There is no state directory '{directory}'.",
                    "Run csg where the host runs, or name its state directory with --state."));
            }

            // A name that is mistyped would be decided for in vain.
            if (PluginFolder.Check(parsed.GetRequiredValue(plugins)) is { } missing) return answer.Refuse(missing);
            var inventory = await PluginInventory.TakeAsync(PluginFolder.Options(parsed.GetRequiredValue(plugins), directory), cancellationToken);
            var decisions = new OperatorDecisions(directory, TimeProvider.System);
            string[] known = [.. inventory.Plugins.Select(static p => p.Name).Union(decisions.Names(), StringComparer.Ordinal)];
            if (!known.Contains(plugin, StringComparer.Ordinal)) return answer.Refuse(PluginFolder.Unknown(plugin, known));
            decide(decisions, plugin);

            await answer.TellAsync(new PluginChange(plugin, done.Change, []), CliJsonContext.Default.PluginChange,
                $"{plugin} {done.Outcome}. A running host acts on it at once, one that does not run at its next start.", cancellationToken);
            return ExitCodes.Success;
        }));
        return command;
    }
}
