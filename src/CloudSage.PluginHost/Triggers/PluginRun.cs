using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Commands;

namespace CloudSage.PluginHost.Triggers;

/// <summary>One run of a plugin that a trigger wants.</summary>
internal sealed record PluginRun(string Plugin, CommandRequest Request)
{
    /// <summary>The alert of an alert trigger.</summary>
    public Alert? Alert { get; init; }

    /// <summary>Hands the alert to the plugin's handler and does nothing else: what a handler without triggers of its own gets.</summary>
    public bool DeliveryOnly { get; init; }

    /// <summary>Was taken before the host began to stop, so it may still start while the host waits.</summary>
    public bool Accepted { get; init; }

    /// <summary>How long it may take; null takes the options'.</summary>
    public TimeSpan? Deadline { get; init; }

    public CommandTrigger Trigger => Request.Trigger;

    public static string NewExecutionId(DateTimeOffset now) => Guid.CreateVersion7(now).ToString("N");
}

/// <summary>Runs plugins for triggers; the seam between what decides that something runs and what runs it.</summary>
internal interface IRunExecutor
{
    Task<PluginRunResult> ExecuteAsync(PluginRun run, CancellationToken cancellationToken);
}
