using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Triggers;

/// <summary>
/// Owns everything that triggers do in the background, from the start of the host to its stop. Runs that are asked for and messages that
/// are published work before the start too; schedules do not. Once stopped, it stays stopped.
/// </summary>
internal sealed class TriggerService(
    TriggerTable table, ScheduleTrigger schedules, EventBus bus, PluginMailboxes mailboxes, RunGate gate, ILogger<TriggerService> logger)
{
    /// <summary>
    /// Makes the triggers equal to those of the active plugins: one entry for each, with triggers or without. To be called after every change
    /// of what is active; a schedule that was there keeps its next time.
    /// </summary>
    /// <returns>What was left out and why, by plugin.</returns>
    public IReadOnlyDictionary<string, IReadOnlyList<Finding>> Apply(IReadOnlyCollection<PluginTriggers> active)
    {
        table.Replace(active);
        mailboxes.Keep(table.Active.ContainsKey);
        return schedules.Apply(active);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        schedules.Start();
        return Task.CompletedTask;
    }

    /// <summary>
    /// Takes nothing new, and lets end what runs and what is queued. At the deadline it drops what is queued, cancels what runs, and waits until
    /// that has ended; the broker gives up a plugin that ignores its token.
    /// </summary>
    public async Task<TriggerStopReport> StopAsync(CancellationToken deadline)
    {
        schedules.Stop();
        bus.Close();
        gate.Close();
        var dropped = 0;
        try
        {
            await WhenAllEnded().WaitAsync(deadline);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // The deadline has passed: the end is no longer waited for, it is brought about.
            dropped = mailboxes.Discard();
            await gate.CancelAsync();
            await WhenAllEnded();
        }

        var cancelled = gate.CancelledRuns;
        foreach (var run in cancelled) Log.RunCancelledAtStop(logger, run.Plugin, run.ExecutionId, run.Trigger.Kind);
        Log.Stopped(logger, cancelled.Count, dropped);
        return new TriggerStopReport(cancelled, dropped);
    }

    private Task WhenAllEnded() => Task.WhenAll(schedules.WhenIdle(), mailboxes.WhenDone(), gate.WhenIdle());
}

/// <summary>What a stop cut short: the runs that were cancelled, and how many queued messages were dropped.</summary>
internal sealed record TriggerStopReport(IReadOnlyList<PluginRunResult> Cancelled, int Dropped);
