using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CloudSage.PluginHost.Diagnostics.Snapshots;

/// <summary>
/// A copy of this process that does nothing: a child made by the kernel's copy on write, in which no instruction of the application ever runs.
/// The application stands still only while the kernel copies its page tables. See docs/adr/0014.
/// </summary>
/// <remarks>The thread that makes it must live as long as it does: when that thread ends, the kernel ends the twin.</remarks>
internal sealed class FrozenTwin : IDisposable
{
    private const int Kill = 9;
    private const int AnyChild = 0x40000000;
    private static readonly TimeSpan LongestCopy = TimeSpan.FromSeconds(2);

    private readonly SystemCall.Numbers _calls;
    private bool _disposed;

    private FrozenTwin(SystemCall.Numbers calls, int processId, TimeSpan pause) => (_calls, ProcessId, Pause) = (calls, processId, pause);

    public int ProcessId { get; }

    /// <summary>How long making it took; for about as long the other threads could stand still.</summary>
    public TimeSpan Pause { get; }

    /// <returns>The twin, when it holds still; null where the kernel refuses, with its error number.</returns>
    public static FrozenTwin? Create(TimeProvider clock, out int error)
    {
        var calls = SystemCall.Numbers.Current ?? throw new PlatformNotSupportedException();
        using var shared = new SharedRanges(calls);
        shared.Rehearse();
        var since = clock.GetTimestamp();
        var pid = Split(calls, shared, out error);
        var pause = clock.GetElapsedTime(since);
        if (pid < 0) return null;
        while (!shared.IsDone && clock.GetElapsedTime(since) < LongestCopy) Thread.Yield();
        return new FrozenTwin(calls, pid, pause);
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        SystemCall.Invoke(_calls.Kill, ProcessId, Kill);
        // The twin gives no signal at its end, so neither the runtime nor the application takes note of it; it must be taken off the kernel's list here.
        SystemCall.Invoke(_calls.Wait, ProcessId, 0, AnyChild);
    }

    /// <summary>
    /// Splits the process. Compiled once and wholly before it runs, and calling nothing but the kernel: in the twin there is no other thread,
    /// so neither the runtime's locks nor its compiler may be needed. Signals are held back meanwhile, for the twin shares the pipe by which
    /// the runtime hears of them. The twin closes every file and socket, so that none seems open that the application closes, and lets other processes
    /// of the same user read it, which some kernels otherwise keep to ancestors.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static unsafe int Split(SystemCall.Numbers calls, SharedRanges shared, out int error)
    {
        const int setMask = 2;
        const int endWithParent = 1;
        const int allowReaders = 0x59616d61;
        // Into locals: a property is a call, which the twin must not make.
        var (setSignalMask, processControl, exitGroup, getParentPid) = (calls.SetSignalMask, calls.ProcessControl, calls.ExitGroup, calls.GetParentPid);
        var (closeRange, poll, getPid) = (calls.CloseRange, calls.Poll, calls.GetPid);
        var ranges = shared.Count;
        var all = ~0UL;
        var before = 0UL;
        var parent = SystemCall.Invoke(getPid);
        SystemCall.Invoke(setSignalMask, setMask, (long)&all, (long)&before, sizeof(ulong));
        var pid = SystemCall.Invoke(calls.Split);
        if (pid == 0)
        {
            SystemCall.Invoke(processControl, endWithParent, Kill);
            shared.MakePrivate(ranges, SystemCall.Invoke(getPid));
            SystemCall.Invoke(processControl, allowReaders, -1);
            if (SystemCall.Invoke(getParentPid) != parent) SystemCall.Invoke(exitGroup);
            SystemCall.Invoke(closeRange, 0, uint.MaxValue);
            while (true) SystemCall.Invoke(poll);
        }

        error = pid < 0 ? Marshal.GetLastSystemError() : 0;
        SystemCall.Invoke(setSignalMask, setMask, (long)&before, 0, sizeof(ulong));
        return (int)pid;
    }
}
