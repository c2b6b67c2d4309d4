using System.Runtime.InteropServices;
using CloudSage.PluginHost.Diagnostics.Looking;
using CloudSage.PluginHost.Diagnostics.Snapshots;
using CloudSage.PluginHost.Unloading;

namespace CloudSage.PluginHost.Diagnostics;

/// <summary>Has a child process look into a frozen copy of this one.</summary>
internal sealed class LeakAnalyzer(TimeProvider clock) : ILeakAnalyzer
{
    /// <summary>A copy can be torn where the application loads types at that very moment; each further try also keeps away from what crashed before.</summary>
    private static readonly LookScope[] Attempts = [LookScope.Whole, LookScope.WithoutStacks, LookScope.WithoutThreads];

    public async Task<IReadOnlyList<LeakReport>> AnalyzeAsync(IReadOnlyList<LeakSubject> subjects, LeakAnalysisLimits limits, CancellationToken cancellationToken)
    {
        var (since, at) = (clock.GetTimestamp(), clock.GetUtcNow());
        var seen = await LookAsync(subjects, limits, measure: false, cancellationToken).ConfigureAwait(false);
        return
        [
            .. subjects.Select((s, i) => new LeakReport
            {
                Plugin = s.Plugin,
                Version = s.Version,
                At = at,
                Elapsed = clock.GetElapsedTime(since),
                Pause = seen.Pause,
                Holders = seen.Answer.Leaks.ElementAtOrDefault(i)?.Holders ?? [],
                Shortfall = seen.Answer.Refusal ?? seen.Answer.Leaks.ElementAtOrDefault(i)?.Shortfall,
            }),
        ];
    }

    public async Task<PluginHoldings> MeasureAsync(LeakSubject subject, LeakAnalysisLimits limits, CancellationToken cancellationToken)
    {
        var (since, at) = (clock.GetTimestamp(), clock.GetUtcNow());
        var seen = await LookAsync([subject], limits, measure: true, cancellationToken).ConfigureAwait(false);
        var holdings = seen.Answer.Holdings.Count > 0
            ? seen.Answer.Holdings[0]
            : new PluginHoldings { Plugin = subject.Plugin, Version = subject.Version, At = at, Shortfall = seen.Answer.Refusal };
        return holdings with { Plugin = subject.Plugin, Version = subject.Version, At = at, Elapsed = clock.GetElapsedTime(since) };
    }

    private async Task<(LookAnswer Answer, TimeSpan? Pause)> LookAsync(IReadOnlyList<LeakSubject> subjects, LeakAnalysisLimits limits, bool measure, CancellationToken cancellationToken)
    {
        if (Obstacle(limits) is { } obstacle) return (Refuse(obstacle), null);
        using var deadline = new CancellationTokenSource(limits.Deadline, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            var crash = string.Empty;
            foreach (var scope in Attempts)
            {
                using var look = await LookProcess.StartAsync(end.Token).ConfigureAwait(false);
                var request = new LookRequest(Environment.ProcessId, 0, DataAccess()!, new Dictionary<uint, ThreadPosition>(), [.. subjects.Select(static s => (long)s.Context)], limits, measure, scope);
                var (answer, pause) = await OnOwnThreadAsync(() => Ask(look, request, end.Token)).ConfigureAwait(false);
                if (answer is not null) return (answer, pause);
                crash = await look.LastWordsAsync(end.Token).ConfigureAwait(false);
            }

            return (Refuse($"The program that looks into the process crashed each time: {crash}"), null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The look took too long.
            return (Refuse($"The look took longer than its deadline ({limits.Deadline})."), null);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            // The child could not be started, or spoken with.
            return (Refuse($"The program that looks into the process cannot be started: {e.Message}"), null);
        }
    }

    /// <summary>The copy is made when the child waits for it, and only for as long as the child looks.</summary>
    private (LookAnswer? Answer, TimeSpan? Pause) Ask(LookProcess look, LookRequest request, CancellationToken end)
    {
        // Without the places of the threads their stacks are not walked.
        var walk = request.Scope == LookScope.Whole;
        request = request with { OwnThread = Environment.CurrentManagedThreadId };
        if (!OperatingSystem.IsLinux()) return (look.AskAsync(request, end).GetAwaiter().GetResult(), null);
        var before = walk ? BlockedThreads.Read() : [];
        using var twin = FrozenTwin.Create(clock, out var error);
        if (twin is null) return (Refuse($"The kernel refuses a copy of the process: {Marshal.GetPInvokeErrorMessage(error)}."), null);
        request = request with { ProcessId = twin.ProcessId, Positions = walk ? BlockedThreads.Unmoved(before, BlockedThreads.Read()) : request.Positions };
        return (look.AskAsync(request, end).GetAwaiter().GetResult(), twin.Pause);
    }

    private static string? Obstacle(LeakAnalysisLimits limits)
    {
        if (Environment.WorkingSet > limits.MaxProcessBytes)
            return $"The process has {Environment.WorkingSet >> 20} MiB, more than MaxProcessBytes allows ({limits.MaxProcessBytes >> 20} MiB).";
        if (!OperatingSystem.IsWindows() && !SystemCall.IsSupported)
            return $"There is no way to copy a process on {RuntimeInformation.OSDescription} ({RuntimeInformation.ProcessArchitecture}).";
        return DataAccess() is null ? "The runtime's library for looking into a process (mscordaccore) is not beside the runtime." : LookProcess.Obstacle();
    }

    private static string? DataAccess()
    {
        var path = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), OperatingSystem.IsWindows() ? "mscordaccore.dll" : "libmscordaccore.so");
        return File.Exists(path) ? path : null;
    }

    private static LookAnswer Refuse(string reason) => new([], [], reason);

    /// <summary>The kernel ends the frozen twin with the thread that made it, so it must be one that nobody else uses.</summary>
    private static Task<T> OnOwnThreadAsync<T>(Func<T> look) => Task.Factory.StartNew(look, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
