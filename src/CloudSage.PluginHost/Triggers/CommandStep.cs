using CloudSage.PluginHost.Brokering;
using CloudSage.Plugins.Commands;

namespace CloudSage.PluginHost.Triggers;

/// <summary>Executes the command of a plugin that has a command handler.</summary>
internal sealed class CommandStep : IRunStep
{
    public bool AppliesTo(PluginRun run, IExtensionBroker broker) => broker.Serves<ICommandHandler>(run.Plugin);

    public async Task<RunStepOutcome> RunAsync(PluginRun run, IExtensionBroker broker, CallOptions options, CancellationToken cancellationToken)
    {
        var call = await broker.InvokeAsync<ICommandHandler, CommandRequest, CommandResult>(
            run.Plugin,
            run.Request,
            static async (handler, request, token) => Copy(await handler.ExecuteAsync(request, token)),
            options,
            cancellationToken);
        if (!call.Succeeded || call.Value is not { } result) return RunStepOutcome.Of(call);
        return new RunStepOutcome(result.Succeeded ? PluginRunStatus.Succeeded : PluginRunStatus.Failed, call.Version)
        {
            Message = result.Message,
            Output = result.Output,
        };
    }

    /// <summary>Made inside the call: the plugin's dictionary may be a type of its own, which must not outlive the call.</summary>
    private static CommandResult Copy(CommandResult result) => new(result.Succeeded, RunText.CutMessage(result.Message))
    {
        Output = RunText.CopyOutput(result.Output),
    };
}
