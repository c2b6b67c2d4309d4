using CloudSage.PluginHost.Brokering;
using CloudSage.Plugins.Commands;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Triggers;

/// <summary>Runs plugins through the broker, one run at a time or many, each under its deadline.</summary>
internal sealed class PluginRunner(
    IExtensionBroker broker,
    TriggerTable table,
    RunGate gate,
    TriggerMetrics metrics,
    IOptions<TriggerOptions> options,
    TimeProvider time,
    ILogger<PluginRunner> logger) : IPluginRunner, IRunExecutor
{
    private readonly RunSteps _steps = new(broker);
    private readonly RunHistory _history = new(options.Value.RecentRuns);

    public IReadOnlyList<PluginRunResult> RecentRuns => _history.Snapshot();

    public Task<PluginRunResult> RunAsync(string plugin, PluginRunRequest request, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(plugin);
        ArgumentNullException.ThrowIfNull(request);
        if (request.Kind is not (TriggerKind.Manual or TriggerKind.Api))
            throw new ArgumentException($"A run can be asked for as manual or API, not as {request.Kind}.", nameof(request));
        var now = time.GetUtcNow();
        var run = new PluginRun(plugin, new CommandRequest
        {
            ExecutionId = PluginRun.NewExecutionId(now),
            Command = request.Command ?? CommandOf(plugin, request.Kind),
            Trigger = new CommandTrigger(request.Kind),
            DueAt = now,
            Input = new Dictionary<string, string>(request.Input),
        }) { Deadline = request.Deadline };
        return ExecuteAsync(run, cancellationToken);
    }

    public async Task<PluginRunResult> ExecuteAsync(PluginRun run, CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        if (RunObjections.OfManifest(run, table) is { } objection) return Conclude(run, startedAt, objection);
        if (!gate.TryEnter(run)) return Conclude(run, startedAt, RunObjections.HostStopping(run));
        PluginRunResult? result = null;
        try
        {
            result = Conclude(run, startedAt, await CallAsync(run, cancellationToken));
            return result;
        }
        finally
        {
            gate.Leave(run, result);
        }
    }

    private async Task<RunStepOutcome> CallAsync(PluginRun run, CancellationToken cancellationToken)
    {
        var steps = _steps.Of(run);
        if (steps.Count == 0) return RunObjections.NothingToRun(run, table);
        var deadline = run.Deadline ?? options.Value.RunDeadline;
        using var overdue = new CancellationTokenSource(deadline, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, gate.Cancelled, overdue.Token);
        RunStepOutcome outcome;
        try
        {
            outcome = await _steps.RunAsync(steps, run, new CallOptions { Deadline = deadline }, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // A run that is given up between two calls ends this way; for its result it is an end like any other.
            outcome = new RunStepOutcome(PluginRunStatus.Cancelled, null);
        }

        if (outcome.Status != PluginRunStatus.Cancelled) return outcome;
        if (cancellationToken.IsCancellationRequested) return outcome with { Message = "The caller gave the run up." };
        if (gate.Cancelled.IsCancellationRequested) return outcome with { Message = "The host stopped before the run ended." };
        return overdue.IsCancellationRequested
            ? outcome with { Status = PluginRunStatus.TimedOut, Message = $"The run did not end within {deadline}." }
            : outcome;
    }

    private string CommandOf(string plugin, TriggerKind kind)
    {
        var trigger = table.TriggersOf(plugin).FirstOrDefault(t => kind == TriggerKind.Api ? t.Api : t.Manual);
        return trigger?.Command ?? CommandRequest.DefaultCommand;
    }

    private PluginRunResult Conclude(PluginRun run, DateTimeOffset startedAt, RunStepOutcome outcome)
    {
        var result = new PluginRunResult
        {
            ExecutionId = run.Request.ExecutionId,
            Plugin = run.Plugin,
            Version = outcome.Version,
            Trigger = run.Trigger,
            Command = run.Request.Command,
            DueAt = run.Request.DueAt,
            StartedAt = startedAt,
            EndedAt = time.GetUtcNow(),
            Status = outcome.Status,
            Message = RunText.CutMessage(outcome.Message),
            Output = outcome.Output,
            Fault = outcome.Fault,
            Finding = outcome.Finding,
        };
        _history.Add(result);
        metrics.Ended(result);
        Log.RunEnded(logger, result);
        return result;
    }
}
