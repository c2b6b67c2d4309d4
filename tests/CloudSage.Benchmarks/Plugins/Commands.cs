using CloudSage.PluginHost.Brokering;
using CloudSage.Plugins.Commands;

namespace CloudSage.Benchmarks.Plugins;

/// <summary>The command that benchmarks send to plugins, and the ways to send it.</summary>
internal static class Commands
{
    public static CommandRequest Request { get; } = new() { ExecutionId = "1", Trigger = new CommandTrigger(TriggerKind.Manual), DueAt = DateTimeOffset.UnixEpoch };

    public static CallOptions Inline { get; } = new() { Inline = true };

    public static ValueTask<CallOutcome<CommandResult>> CallAsync(this IExtensionBroker broker, string plugin, CallOptions? options = null)
        => broker.InvokeAsync<ICommandHandler, CommandRequest, CommandResult>(
            plugin, Request, static (handler, request, token) => handler.ExecuteAsync(request, token), options, CancellationToken.None);

    /// <summary>Fails loudly: a benchmark of failed calls would look fast.</summary>
    public static CallOutcome<CommandResult> Checked(this CallOutcome<CommandResult> outcome)
        => outcome.Succeeded ? outcome : throw new InvalidOperationException($"The call to {outcome.Plugin} failed: {outcome.Status} {outcome.Fault}");
}
