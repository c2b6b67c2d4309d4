using CloudSage.PluginHost.Brokering;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Runtimes;
using CloudSage.PluginHost.Triggers;
using CloudSage.PluginHost.Verification;
using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>Carries out a plan: add, upgrade, retire. Everything here runs in the coordinator's loop; what takes time runs beside it.</summary>
internal sealed class PluginTransitions(
    CandidateIntake intake, CandidateReview review, PluginOperations operations, CoordinatorMailbox mailbox, PluginRegister register, ExtensionDirectory directory,
    TriggerService triggers, PluginReporter reporter, TimeProvider clock, ILogger<PluginTransitions> logger)
{
    private bool _tableIsStale;
    private IReadOnlyList<(string Plugin, Finding Finding)> _toldWarnings = [];

    /// <summary>Begins what the plan wants.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="drainNow">Cuts the draining of calls short.</param>
    public void Begin(PluginPlan plan, CancellationToken drainNow)
    {
        foreach (var descriptor in plan.Start) Start(descriptor, drainNow);
        foreach (var name in plan.Retire) Retire(register.Of(name), drainNow);
        if (!ReferenceEquals(plan.Warnings, _toldWarnings))
        {
            foreach (var (_, finding) in plan.Warnings.Except(_toldWarnings)) logger.Found(finding);
            _toldWarnings = plan.Warnings;
        }

        foreach (var (name, reasons) in plan.Waiting)
        {
            var (instance, text) = (register.Of(name), string.Join('\n', reasons));
            if (instance.ReportedWaiting == text) continue;
            instance.ReportedWaiting = text;
            reporter.Waiting(name, plan.Chosen[name].Manifest.Version, reasons);
        }
    }

    /// <summary>
    /// Publishes who serves, where that has changed. To be called before what was launched begins, so that no version closes while the table shows it.
    /// </summary>
    public void SwapTable()
    {
        if (!_tableIsStale) return;
        _tableIsStale = false;
        IRunningPlugin[] serving =
        [
            .. register.Live.Values.Where(static i => i.Operation != PluginOperation.Retiring).Select(static i => i.Running).OfType<IRunningPlugin>(),
        ];
        directory.Swap(new ExtensionTable([.. serving.Select(static p => p.Target)]));
        var unusable = triggers.Apply([.. serving.Select(static p => new PluginTriggers(p.Descriptor.Name, p.Descriptor.Manifest.Triggers))]);
        foreach (var finding in unusable.Values.SelectMany(static f => f)) logger.Found(finding);
    }

    /// <summary>Notes whether an unloaded version left memory.</summary>
    public void Note(UnloadVerdict verdict)
    {
        var instance = register.Of(verdict.Plugin);
        instance.Note(verdict);
        reporter.Unloaded(verdict, instance.Running is null ? null : instance.IsFaulted ? PluginState.Faulted : PluginState.Active);
    }

    /// <summary>Notes what holds an unloaded version.</summary>
    public void Note(LeakReport report)
    {
        register.Of(report.Plugin).LastLeak = report;
        reporter.Explained(report);
    }

    private void Start(PluginDescriptor descriptor, CancellationToken drainNow)
    {
        var instance = register.Of(descriptor.Name);
        var prepared = intake.Prepared(descriptor);
        instance.Operation = PluginOperation.Starting;
        var (since, grants) = (prepared.TakeCompleteAt() ?? clock.GetUtcNow(), register.Grants);
        mailbox.Launch(async () =>
        {
            var start = await operations.StartAsync(descriptor, drainNow).ConfigureAwait(false);
            return () =>
            {
                OnStarted(instance, prepared, since, start, drainNow);
                // What was granted while it started came too late for this try.
                if (instance.Failure?.WantsGrant == true && grants != register.Grants) instance.Failure = null;
            };
        });
    }

    /// <summary>The heart of an upgrade: the new version serves, the table is swapped whole, and only then does the old one drain.</summary>
    private void OnStarted(PluginInstance instance, PreparedPlugin prepared, DateTimeOffset since, RuntimeStart start, CancellationToken drainNow)
    {
        var (name, version, old) = (instance.Name, prepared.Descriptor.Manifest.Version, instance.Running);
        instance.Operation = PluginOperation.None;
        if (start.Plugin is not { } started)
        {
            instance.Failure = new StartFailure(prepared.Descriptor.Hash, version, StartFailureState.Of(start.Findings), start.Findings);
            reporter.StartFailed(name, version, old?.Descriptor.Manifest.Version, instance.Failure.State, start.Findings);
            review.EndKept();
            return;
        }

        var now = clock.GetUtcNow();
        var timings = new PluginTimings(prepared.StagingTime, prepared.VerificationTime, started.LoadTime, started.ActivationTime, now - since);
        instance.Serve(started, now, timings, start.Findings);
        ReportBreaker(instance, started);
        _tableIsStale = true;
        if (old is null)
        {
            reporter.Added(name, version, now - since, [.. started.Target.Registrations.Select(static r => r.Name)]);
            return;
        }

        reporter.Upgraded(old.Descriptor, prepared.Descriptor, now - since);
        instance.Operation = PluginOperation.Replacing;
        RetireReplaced(instance, old, drainNow);
    }

    private void RetireReplaced(PluginInstance instance, IRunningPlugin old, CancellationToken drainNow) => mailbox.Launch(async () =>
    {
        await operations.RetireAsync(old, drainNow).ConfigureAwait(false);
        return () =>
        {
            (instance.Operation, intake.StoreIsDirty) = (PluginOperation.None, true);
            review.EndKept();
        };
    });

    /// <summary>
    /// In a method of its own: lambdas of one method share what they capture, and the breaker of each version would keep the version before it.
    /// </summary>
    private void ReportBreaker(PluginInstance instance, IRunningPlugin started)
        => started.Target.Breaker.Changed += open => mailbox.Post(() => OnBreakerChanged(instance, started, open));

    private void Retire(PluginInstance instance, CancellationToken drainNow)
    {
        var (leaving, since) = (instance.Running!, clock.GetTimestamp());
        instance.Operation = PluginOperation.Retiring;
        _tableIsStale = true;
        mailbox.Launch(async () =>
        {
            await operations.RetireAsync(leaving, drainNow).ConfigureAwait(false);
            return () =>
            {
                instance.ServeNothing();
                intake.StoreIsDirty = true;
                review.EndKept();
                var state = register.State.IsDisabled(instance.Name) ? PluginState.Disabled : intake.IsRefused(instance.Name) ? PluginState.Rejected : PluginState.Unloaded;
                reporter.Removed(instance.Name, leaving.Descriptor.Manifest.Version, state, register.IsStopping, clock.GetElapsedTime(since));
            };
        });
    }

    private void OnBreakerChanged(PluginInstance instance, IRunningPlugin plugin, bool open)
    {
        if (!ReferenceEquals(instance.Running, plugin)) return;
        instance.IsFaulted = open;
        reporter.BreakerChanged(instance.Name, plugin.Descriptor.Manifest.Version, open, plugin.Target.LastFault);
    }
}
