using System.CommandLine;
using CloudSage.Cli.Codes;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost;
using CloudSage.Terminal;

namespace CloudSage.Cli.Commands;

/// <summary><c>csg plugins disable|enable|retry</c>: decides for a host by way of its state directory, whether it runs or not.</summary>
internal static class DecisionCommands
{
    public static IEnumerable<Command> Create(TerminalOutput output, TerminalOutput error) =>
    [
        Decide("disable", "Drain, stop and unload a plugin, and keep it out of use.", "is disabled", output, error, static (decisions, plugin) => decisions.Disable(plugin)),
        Decide("enable", "Let a disabled plugin serve again.", "is enabled", output, error, static (decisions, plugin) => decisions.Enable(plugin)),
        Decide("retry", "Lift a quarantine, and try a faulted or rejected plugin again.", "gets another try", output, error, static (decisions, plugin) => decisions.Retry(plugin)),
    ];

    private static Command Decide(string verb, string description, string outcome, TerminalOutput output, TerminalOutput error, Action<OperatorDecisions, string> decide)
    {
        var name = new Argument<string>("NAME") { Description = "The plugin's name." };
        var state = CommonOptions.State();
        var command = new Command(verb, description) { name, state };
        command.SetAction((parsed, _) =>
        {
            var directory = parsed.GetRequiredValue(state);
            if (!Directory.Exists(directory))
            {
                return Task.FromResult(error.Refuse(Finding.Error(CliCodes.NotFound, $"There is no state directory '{directory}'.",
                    "Run csg where the host runs, or name its state directory with --state.")));
            }

            try
            {
                decide(new OperatorDecisions(directory, TimeProvider.System), parsed.GetRequiredValue(name));
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                // The operator can mend it: a damaged state file, a full disk, missing rights.
                return Task.FromResult(error.Refuse(Finding.Error(CliCodes.StateNotWritable, e.Message, "See to the state directory.")));
            }

            output.WriteLine($"{parsed.GetRequiredValue(name)} {outcome}. A running host acts on it at once, one that does not run at its next start.");
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}
