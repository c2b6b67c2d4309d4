using CloudSage.Plugins.Commands;

namespace CloudSage.PluginHost.Triggers;

/// <summary>Why a run does not take place.</summary>
internal static class RunObjections
{
    /// <summary>An operator may run anything; a program needs the manifest's leave, once the manifest speaks of triggers at all.</summary>
    public static RunStepOutcome? OfManifest(PluginRun run, TriggerTable table)
    {
        var triggers = table.TriggersOf(run.Plugin);
        if (run.Trigger.Kind != TriggerKind.Api || triggers.Count == 0 || triggers.Any(static t => t.Api)) return null;
        return RunStepOutcome.NotRun(PluginRunStatus.Refused, Finding.Error(
            TriggerCodes.ApiNotAllowed,
            $"The triggers in the manifest of '{run.Plugin}' do not allow programs to run it.",
            "Add '- api: true' to its triggers, or run it by hand."));
    }

    public static RunStepOutcome HostStopping(PluginRun run) => RunStepOutcome.NotRun(PluginRunStatus.Refused, Finding.Error(
        TriggerCodes.HostStopping, $"The host is stopping, so '{run.Plugin}' was not run.", "Run it again once the host has started."));

    public static RunStepOutcome NothingToRun(PluginRun run, TriggerTable table)
    {
        var finding = table.Active.ContainsKey(run.Plugin)
            ? Finding.Error(
                TriggerCodes.NothingToRun,
                $"'{run.Plugin}' serves nothing that the trigger '{run.Trigger.Kind}' could run.",
                "Implement ICommandHandler, or an extension point that can be run: ResourceScanner, OptimizationEngine, or AlertHandler for alerts.")
            : Finding.Error(
                TriggerCodes.PluginNotActive,
                $"No plugin named '{run.Plugin}' is active.",
                "Check the name, and look at the plugin's state and findings.");
        return RunStepOutcome.NotRun(PluginRunStatus.Unavailable, finding);
    }
}
