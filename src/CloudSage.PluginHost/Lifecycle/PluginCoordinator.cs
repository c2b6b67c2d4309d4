using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Unloading;
using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>
/// The only writer of state. One loop: look at the folders, compare what should run with what runs, begin what makes up the difference,
/// publish. Operations run beside the loop and post what came of them back into it.
/// </summary>
internal sealed class PluginCoordinator(
    FolderWatcher watcher, CoordinatorMailbox mailbox, CandidateIntake intake, PluginPlanner planner, PluginTransitions transitions, PluginRegister register,
    CandidateReview review, CoordinatorCommands commands, PluginOperations operations, UnloadVerifier verifier, LeakReporting leaks, ActivationJournal journal, StatusBoard board, ServiceListing services,
    PluginReporter reporter, PermissionPolicy permissions, TimeProvider clock, ILogger<PluginCoordinator> logger) : IDisposable
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>So many operations at once are a crowd: their outcomes are taken together.</summary>
    private const int Crowd = 32;

    private const int RestPerWork = 19;

    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(100);

    private readonly List<Waiter> _waiters = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _drainNow = new();
    private string? _trouble;

    /// <summary>Reads what must be remembered from earlier runs. Call it before <see cref="RunAsync"/>.</summary>
    /// <exception cref="InvalidDataException">The state file is damaged.</exception>
    public void Load()
    {
        register.Load();
        var marks = journal.TakeLeftovers();
        if (marks.Count > 1)
        {
            // Any of them may have ended the process. Should it die again, the one that is being activated then is the culprit.
            operations.StartOneAtATime();
            logger.StartingOneAtATime(string.Join(", ", marks.Select(static m => m.Plugin)));
            return;
        }

        foreach (var mark in marks)
        {
            var quarantine = new Quarantine(mark.Version, mark.Hash, $"the process died while it was being activated at {mark.At:u}", clock.GetUtcNow());
            register.Change(state => state.WithQuarantine(mark.Plugin, quarantine));
            reporter.Quarantined(mark.Plugin, quarantine);
        }
    }

    /// <summary>Runs until everything is retired after <see cref="BeginStop"/>.</summary>
    public async Task RunAsync()
    {
        verifier.Decided += OnDecided;
        leaks.Reported += OnReported;
        using var regranted = permissions.OnChange(() => mailbox.Post(() => commands.ReviewGrants(_drainNow.Token)));
        var listening = review.Listen(_drainNow.Token);
        try
        {
            for (var scan = true; !HasStopped();)
            {
                var begun = clock.GetTimestamp();
                var plan = Step(scan);
                scan = false;
                await RestAsync(clock.GetElapsedTime(begun)).ConfigureAwait(false);
                if (!mailbox.IsEmpty) continue;
                if (plan is not null) AnswerWaiters(plan);
                if (HasStopped()) break;
                scan = await WaitAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            verifier.Decided -= OnDecided;
            leaks.Reported -= OnReported;
            foreach (var subscription in listening) subscription.Dispose();
            foreach (var waiter in _waiters) waiter.Done.TrySetResult(true);
            _ended.TrySetResult();
        }
    }

    /// <summary>Begins to retire every plugin. Calls in flight go on until <paramref name="drainDeadline"/> is cancelled.</summary>
    public void BeginStop(CancellationToken drainDeadline)
    {
        drainDeadline.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _drainNow);
        mailbox.Post(() => register.IsStopping = true);
    }

    /// <summary>Has a command carried out by the loop and waits until nothing is left to do.</summary>
    /// <param name="command">The command.</param>
    /// <param name="rescan">Whether to look at the folders after it, before anything else.</param>
    /// <param name="cancellationToken">Gives up the wait, not the work.</param>
    /// <returns>Whether it was carried out; false where the host has stopped.</returns>
    public async Task<bool> ExecuteAsync(Action<CoordinatorCommands> command, bool rescan, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously), rescan);
        mailbox.Post(() =>
        {
            try
            {
                command(commands);
                if (rescan && !register.IsStopping) intake.Observe(_drainNow.Token);
                _waiters.Add(waiter);
            }
            catch (Exception e)
            {
                // Input and output, such as a full disk: it is for whoever gave the command, not for the loop.
                waiter.Done.TrySetException(e);
            }
        });
        // A message that comes after the loop's end is carried out by nobody.
        await Task.WhenAny(waiter.Done.Task, _ended.Task).WaitAsync(cancellationToken).ConfigureAwait(false);
        return waiter.Done.Task.IsCompleted && await waiter.Done.Task.ConfigureAwait(false);
    }

    public void Dispose() => _drainNow.Dispose();

    private PluginPlan? Step(bool scan)
    {
        mailbox.CarryOut();
        if (!register.IsStopping)
        {
            if (scan) Try(() => intake.Observe(_drainNow.Token));
            // After the look: whoever registers writes the lock file before the content is there, so what was seen is judged by what was registered.
            Refresh();
        }

        PluginPlan? plan = null;
        Try(() =>
        {
            var made = planner.Make();
            transitions.Begin(made, _drainNow.Token);
            plan = made;
        });
        // First who serves, then what is known of it, then word of it; and only then what counts on all that.
        Try(transitions.SwapTable);
        if (plan is not null) Try(() => Show(StatusProjection.Project(intake.Candidates, register.Live, plan, register.State)));
        Try(reporter.Publish);
        mailbox.Begin();
        return plan;
    }

    private void Show(IReadOnlyList<StatusEntry> statuses)
    {
        board.Post(statuses);
        services.Show(statuses);
    }

    /// <summary>
    /// A step takes longer the more plugins there are, and every operation that ends asks for one: with a crowd of them, the loop would take time from the
    /// very operations it waits for, in all growing with the square of their number. It rests nineteen times as long as it worked, and so takes a twentieth at most.
    /// </summary>
    private async Task RestAsync(TimeSpan worked)
    {
        var rest = worked * RestPerWork;
        if (mailbox.Running > Crowd && rest.TotalMilliseconds >= 1) await Task.Delay(rest < LongestRest ? rest : LongestRest, clock, CancellationToken.None).ConfigureAwait(false);
    }

    private void Refresh()
    {
        try
        {
            commands.Refresh();
            _trouble = null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // Somebody damaged the state file, or is in the middle of writing it: what was decided before goes on counting.
            if (_trouble != e.Message) logger.PluginTrouble(e.Message);
            _trouble = e.Message;
        }

        // Whatever is wrong with the state file, what is granted and revoked counts.
        Try(() => commands.RefreshGrants(_drainNow.Token));
    }

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A defect, or a file system that fails in a way nobody thought of. What runs must go on; the next look starts afresh.
            logger.LoopFailed(e);
        }
    }

    /// <summary>Waits until there is something to do; whether it may be in the folders.</summary>
    private async Task<bool> WaitAsync()
    {
        try
        {
            // Waiting costs nothing: a hint, a deadline or a posted message ends it, and only the first two ask for a scan.
            return await watcher.WaitAsync(register.IsStopping ? null : intake.LookAgainAt, CancellationToken.None).ConfigureAwait(false) != WakeReason.Poke;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Without the watcher the loop goes on by polling.
            logger.LoopFailed(e);
            await Task.Delay(PauseAfterFailure, clock, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
    }

    private bool HasStopped()
        => register.IsStopping && mailbox.IsEmpty && !mailbox.IsBusy && register.Live.Values.All(static i => i.Running is null && i.Operation == PluginOperation.None);

    private void AnswerWaiters(PluginPlan plan)
    {
        var acting = plan.Start.Count > 0 || plan.Retire.Count > 0 || register.Live.Values.Any(static i => i.Operation != PluginOperation.None);
        if (acting) return;
        Try(intake.CleanStore);
        register.Forget(intake.Names);
        foreach (var waiter in _waiters.Where(w => !w.ForFolders || !intake.IsUnsettled).ToArray())
        {
            _waiters.Remove(waiter);
            waiter.Done.TrySetResult(true);
        }
    }

    private void OnDecided(UnloadVerdict verdict) => mailbox.Post(() => transitions.Note(verdict));

    private void OnReported(LeakReport report) => mailbox.Post(() => transitions.Note(report));

    /// <summary>Somebody who waits until nothing is left to do.</summary>
    private sealed record Waiter(TaskCompletionSource<bool> Done, bool ForFolders);
}
