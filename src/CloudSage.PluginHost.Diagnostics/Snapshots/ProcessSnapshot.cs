using Microsoft.Diagnostics.Runtime;

namespace CloudSage.PluginHost.Diagnostics.Snapshots;

/// <summary>A process as it was at one moment, to be looked at while the process itself goes on.</summary>
internal sealed class ProcessSnapshot(DataTarget target, ClrRuntime runtime, IReadOnlyList<MemoryMapping> map, IDisposable? memory) : IDisposable
{
    public ClrRuntime Runtime => runtime;

    /// <summary>What was mapped where; empty where the system does not tell.</summary>
    public IReadOnlyList<MemoryMapping> Map => map;

    public IMemoryReader Memory => target.DataReader;

    public void Dispose()
    {
        runtime.Dispose();
        target.Dispose();
        memory?.Dispose();
    }
}

/// <summary>A snapshot, or why there is none.</summary>
internal sealed record SnapshotAttempt(ProcessSnapshot? Snapshot, string? Reason);
