using CloudSage.PluginHost.Brokering;

namespace CloudSage.PluginHost.Triggers;

/// <summary>Chooses what a run does, and does it step by step up to the first that does not succeed.</summary>
internal sealed class RunSteps(IExtensionBroker broker)
{
    private static readonly CommandStep Command = new();
    private static readonly AlertStep Alert = new();
    private static readonly IRunStep[] ExtensionPoints = [new ScannerStep(), new OptimizerStep(), Alert];

    /// <summary>The command handler alone where there is one; otherwise every extension point that has something to do.</summary>
    public IReadOnlyList<IRunStep> Of(PluginRun run)
    {
        if (!run.DeliveryOnly && Command.AppliesTo(run, broker)) return [Command];
        return [.. (run.DeliveryOnly ? [Alert] : ExtensionPoints).Where(step => step.AppliesTo(run, broker))];
    }

    public async Task<RunStepOutcome> RunAsync(
        IReadOnlyList<IRunStep> steps, PluginRun run, CallOptions options, CancellationToken cancellationToken)
    {
        var output = new Dictionary<string, string>(StringComparer.Ordinal);
        var messages = new List<string>();
        RunStepOutcome? last = null;
        foreach (var step in steps)
        {
            last = await step.RunAsync(run, broker, options, cancellationToken);
            foreach (var (key, value) in last.Output) output[key] = value;
            if (last.Message is not null) messages.Add(last.Message);
            if (last.Status != PluginRunStatus.Succeeded) break;
        }

        return last! with { Output = output, Message = messages.Count == 0 ? null : string.Join("; ", messages) };
    }
}
