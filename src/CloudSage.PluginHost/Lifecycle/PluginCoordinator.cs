using System.Collections.Concurrent;
using CloudSage.PluginHost.Brokering;
using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Runtimes;
using CloudSage.PluginHost.Staging;
using CloudSage.PluginHost.Triggers;
using CloudSage.PluginHost.Unloading;
using CloudSage.PluginHost.Verification;
using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>
/// The only writer of state. One loop: look at the folders, compare what should run with what runs, start the operations that
/// make up the difference, publish. Operations run beside the loop and post what came of them back into it.
/// </summary>
internal sealed class PluginCoordinator(
    CandidateTracker tracker,
    FolderWatcher watcher,
    PluginOperations operations,
    UnloadVerifier verifier,
    ExtensionDirectory directory,
    TriggerService triggers,
    StateFile stateFile,
    ActivationJournal journal,
    ContentStore store,
    StatusBoard board,
    PluginReporter reporter,
    TimeProvider clock,
    ILogger<PluginCoordinator> logger) : IDisposable
{
    private readonly ConcurrentQueue<Action> _mailbox = new();
    private readonly SortedDictionary<string, PluginInstance> _live = new(StringComparer.Ordinal);
    private readonly List<Task> _running = [];
    private readonly List<Waiter> _waiters = [];
    private readonly CancellationTokenSource _drainNow = new();
    private HostState _state = new();
    private IReadOnlyList<Finding> _reportedDirectoryFindings = [];
    private bool _stopping;
    private bool _storeIsDirty = true;

    /// <summary>Runs until everything is retired after <see cref="BeginStop"/>.</summary>
    public async Task RunAsync()
    {
        verifier.Decided += OnDecided;
        var scan = true;
        while (true)
        {
            var plan = Step(scan);
            _running.RemoveAll(static t => t.IsCompleted);
            if (_stopping && _running.Count == 0 && _mailbox.IsEmpty && _live.Values.All(static i => i.Running is null)) break;
            CompleteWaiters(plan, scan);
            if (!_mailbox.IsEmpty)
            {
                scan = false;
                continue;
            }

            // Waiting costs nothing: a hint, a deadline or a posted result ends it, and only the first two ask for a scan.
            scan = await watcher.WaitAsync(_stopping ? null : tracker.LookAgainAt, CancellationToken.None).ConfigureAwait(false) != WakeReason.Poke;
        }

        verifier.Decided -= OnDecided;
        foreach (var waiter in _waiters) waiter.Done.TrySetResult();
    }

    /// <summary>Reads what must be remembered from earlier runs. Call it before <see cref="RunAsync"/>.</summary>
    /// <exception cref="InvalidDataException">The state file is damaged.</exception>
    public void Load()
    {
        _state = stateFile.Read();
        foreach (var mark in journal.TakeLeftovers())
        {
            var quarantine = new Quarantine(mark.Version, mark.Hash, $"the process died while it was being activated at {mark.At:u}", clock.GetUtcNow());
            SetState(_state.WithQuarantine(mark.Plugin, quarantine));
            reporter.Quarantined(mark.Plugin, quarantine);
        }
    }

    /// <summary>Begins to retire every plugin. Calls in flight go on until <paramref name="drainDeadline"/> is cancelled.</summary>
    public void BeginStop(CancellationToken drainDeadline)
    {
        drainDeadline.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _drainNow);
        Post(() => _stopping = true);
    }

    /// <summary>Has a command carried out by the loop and waits until nothing is left to do.</summary>
    public Task ExecuteAsync(Action<CoordinatorCommands> command, bool rescan, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Post(() =>
        {
            command(new CoordinatorCommands(_live, () => _state, SetState, reporter));
            waiter.Scanned = !rescan;
            _waiters.Add(waiter);
            if (rescan) Observe();
        });
        return waiter.Done.Task.WaitAsync(cancellationToken);
    }

    public void Dispose() => _drainNow.Dispose();

    private void Post(Action message)
    {
        _mailbox.Enqueue(message);
        watcher.Poke();
    }

    private PluginPlan Step(bool scan)
    {
        try
        {
            while (_mailbox.TryDequeue(out var message)) message();
            if (scan && !_stopping) Observe();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A defect, or a file system that fails in a way nobody thought of. What runs must go on; the next look starts afresh.
            logger.LoopFailed(e);
        }

        var plan = PluginPlan.Make(Available(), IsHeld, _live);
        Act(plan);
        board.Post(StatusProjection.Project(tracker.All, _live, plan, _state));
        return plan;
    }

    private List<PluginDescriptor> Available() => [.. tracker.All.Select(static c => c.Accepted?.Descriptor).OfType<PluginDescriptor>()];

    private bool IsHeld(string plugin) => _stopping || _state.IsDisabled(plugin) || _state.Quarantined.ContainsKey(plugin);

    private void Observe()
    {
        foreach (var waiter in _waiters) waiter.Scanned = true;
        foreach (var (tracked, candidate) in tracker.Observe(CancellationToken.None))
        {
            tracked.IsPreparing = true;
            Launch(async () =>
            {
                var preparation = await operations.PrepareAsync(candidate, _drainNow.Token).ConfigureAwait(false);
                return () => OnPrepared(tracked, candidate, preparation);
            });
        }

        foreach (var incomplete in tracker.TakeNewlyIncomplete()) Refuse(incomplete);
        if (_reportedDirectoryFindings.SequenceEqual(tracker.DirectoryFindings)) return;
        _reportedDirectoryFindings = tracker.DirectoryFindings;
        foreach (var finding in _reportedDirectoryFindings) logger.Found(finding);
    }

    private void OnPrepared(TrackedCandidate tracked, PluginCandidate candidate, Preparation preparation)
    {
        tracked.IsPreparing = false;
        if (preparation.Findings.Any(static f => f.Code == StagingCodes.ChangedWhileStaging))
        {
            // Somebody is still writing: the next scan sees what it has become.
            Observe();
            return;
        }

        tracked.PreparedFingerprint = candidate.Fingerprint;
        tracked.RefusedName = preparation.Name;
        if (preparation.Plugin is null)
        {
            tracked.Refusal = preparation.Findings;
            Refuse(tracked);
            return;
        }

        (tracked.Accepted, tracked.Refusal, _storeIsDirty) = (preparation.Plugin, [], true);
        foreach (var warning in preparation.Findings.Where(static f => f.Severity == FindingSeverity.Warning)) logger.Found(warning);
    }

    private void Refuse(TrackedCandidate refused)
    {
        var name = refused.Accepted?.Descriptor.Name ?? refused.RefusedName ?? Path.GetFileName(refused.Path);
        var serving = _live.GetValueOrDefault(name)?.Running?.Descriptor.Manifest.Version;
        reporter.Refused(name, serving, refused.Refusal);
    }

    private void Act(PluginPlan plan)
    {
        foreach (var descriptor in plan.Start) Start(descriptor);
        foreach (var name in plan.Retire) Retire(_live[name]);
        foreach (var (name, reasons) in plan.Waiting)
        {
            var (instance, text) = (Live(name), string.Join('\n', reasons));
            if (instance.ReportedWaiting == text) continue;
            instance.ReportedWaiting = text;
            reporter.Waiting(name, plan.Chosen[name].Manifest.Version, reasons);
        }
    }

    private void Start(PluginDescriptor descriptor)
    {
        var instance = Live(descriptor.Name);
        instance.Operation = PluginOperation.Starting;
        var prepared = tracker.All.Select(static c => c.Accepted).First(p => p?.Descriptor.Hash == descriptor.Hash)!;
        var since = prepared.TakeCompleteAt() ?? clock.GetUtcNow();
        Launch(async () =>
        {
            var start = await operations.StartAsync(descriptor, _drainNow.Token).ConfigureAwait(false);
            return () => OnStarted(instance, prepared, since, start);
        });
    }

    /// <summary>The heart of an upgrade: the new version serves, the table is swapped whole, and only then does the old one drain.</summary>
    private void OnStarted(PluginInstance instance, PreparedPlugin prepared, DateTimeOffset since, RuntimeStart start)
    {
        var descriptor = prepared.Descriptor;
        instance.Operation = PluginOperation.None;
        var old = instance.Running;
        if (start.Plugin is not { } started)
        {
            var failure = new StartFailure(descriptor.Hash, descriptor.Manifest.Version, StartFailureState.Of(start.Findings), start.Findings);
            instance.Failure = failure;
            reporter.StartFailed(descriptor.Name, failure.Version, old?.Descriptor.Manifest.Version, failure.State, start.Findings);
            return;
        }

        var now = clock.GetUtcNow();
        var total = now - since;
        (instance.Running, instance.ActivatedAt, instance.Failure, instance.IsFaulted, instance.ReportedWaiting) = (started, now, null, false, null);
        instance.StartFindings = start.Findings;
        instance.Timings = new PluginTimings(prepared.StagingTime, prepared.VerificationTime, started.LoadTime, started.ActivationTime, total);
        started.Target.Breaker.Changed += open => Post(() => OnBreakerChanged(instance, started, open));
        SwapTable();

        if (old is null)
        {
            reporter.Added(descriptor.Name, descriptor.Manifest.Version, total, [.. started.Target.Registrations.Select(static r => r.Name)]);
            return;
        }

        reporter.Upgraded(descriptor.Name, old.Descriptor.Manifest.Version, descriptor.Manifest.Version, total);
        instance.Operation = PluginOperation.Replacing;
        Launch(async () =>
        {
            await operations.RetireAsync(old, _drainNow.Token).ConfigureAwait(false);
            return () => (instance.Operation, _storeIsDirty) = (PluginOperation.None, true);
        });
    }

    private void Retire(PluginInstance instance)
    {
        var leaving = instance.Running!;
        var since = clock.GetTimestamp();
        instance.Operation = PluginOperation.Retiring;
        SwapTable();
        Launch(async () =>
        {
            await operations.RetireAsync(leaving, _drainNow.Token).ConfigureAwait(false);
            return () =>
            {
                (instance.Operation, instance.Running, instance.ActivatedAt, instance.IsFaulted, _storeIsDirty) = (PluginOperation.None, null, null, false, true);
                var state = _state.IsDisabled(instance.Name) ? PluginState.Disabled : PluginState.Unloaded;
                reporter.Removed(instance.Name, leaving.Descriptor.Manifest.Version, state, clock.GetElapsedTime(since));
            };
        });
    }

    private void SwapTable()
    {
        IRunningPlugin[] serving = [.. _live.Values.Where(static i => i.Operation != PluginOperation.Retiring).Select(static i => i.Running).OfType<IRunningPlugin>()];
        directory.Swap(new ExtensionTable([.. serving.Select(static p => p.Target)]));
        triggers.Apply([.. serving.Select(static p => new PluginTriggers(p.Descriptor.Name, p.Descriptor.Manifest.Triggers))]);
    }

    private void OnBreakerChanged(PluginInstance instance, IRunningPlugin plugin, bool open)
    {
        if (!ReferenceEquals(instance.Running, plugin)) return;
        instance.IsFaulted = open;
        reporter.BreakerChanged(instance.Name, plugin.Descriptor.Manifest.Version, open, plugin.Target.LastFault);
    }

    private void OnDecided(UnloadVerdict verdict) => Post(() =>
    {
        var instance = Live(verdict.Plugin);
        if (verdict.Collected) instance.Leaked.Remove(verdict.Version);
        else instance.Leaked.Add(verdict.Version);
        instance.LastUnload = verdict;
        reporter.Unloaded(verdict);
    });

    private PluginInstance Live(string name)
    {
        if (!_live.TryGetValue(name, out var instance)) _live[name] = instance = new PluginInstance(name);
        return instance;
    }

    private void SetState(HostState state)
    {
        stateFile.Write(state);
        _state = state;
    }

    /// <summary>Runs an operation beside the loop. What it returns is carried out by the loop.</summary>
    private void Launch(Func<Task<Action>> operation) => _running.Add(Task.Run(async () => Post(await operation().ConfigureAwait(false))));

    private void CompleteWaiters(PluginPlan plan, bool scanned)
    {
        if (scanned) foreach (var waiter in _waiters) waiter.Scanned = true;
        var busy = plan.Start.Count > 0 || plan.Retire.Count > 0 || !_mailbox.IsEmpty || _live.Values.Any(static i => i.Operation != PluginOperation.None);
        if (busy) return;
        if (_storeIsDirty) CleanStore();
        if (tracker.All.Any(static c => c.IsUnsettled)) return;
        foreach (var waiter in _waiters.Where(static w => w.Scanned).ToList())
        {
            _waiters.Remove(waiter);
            waiter.Done.TrySetResult();
        }
    }

    private void CleanStore()
    {
        _storeIsDirty = false;
        if (tracker.All.Any(static c => c.IsPreparing)) return;
        var inUse = Available().Select(static p => p.Hash).Concat(_live.Values.Select(static i => i.Running?.Descriptor.Hash).OfType<string>());
        var removed = store.RemoveUnused(inUse.ToHashSet(StringComparer.Ordinal));
        if (removed.Count > 0) logger.StoreCleaned(removed.Count);
    }

    private sealed class Waiter(TaskCompletionSource done)
    {
        public TaskCompletionSource Done => done;

        public bool Scanned { get; set; }
    }
}
