using System.CommandLine;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Rendering;
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
        var state = CommonOptions.State();
        var command = new Command(verb, description) { name, state, CommonOptions.Output() };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (directory, plugin) = (parsed.GetRequiredValue(state), parsed.GetRequiredValue(name));
            if (!Directory.Exists(directory))
            {
                return answer.Refuse(Finding.Error(CliCodes.NotFound, $"There is no state directory '{directory}'.",
                    "Run csg where the host runs, or name its state directory with --state."));
            }

            try
            {
                decide(new OperatorDecisions(directory, TimeProvider.System), plugin);
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                // The operator can mend it: a damaged state file, a full disk, missing rights.
                return answer.Refuse(Finding.Error(CliCodes.StateNotWritable, e.Message, "See to the state directory."));
            }

            await answer.TellAsync(new PluginChange(plugin, done.Change, []), CliJsonContext.Default.PluginChange,
                $"{plugin} {done.Outcome}. A running host acts on it at once, one that does not run at its next start.", cancellationToken);
            return ExitCodes.Success;
        });
        return command;
    }
}
