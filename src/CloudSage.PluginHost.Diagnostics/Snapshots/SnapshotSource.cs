using Microsoft.Diagnostics.Runtime;

namespace CloudSage.PluginHost.Diagnostics.Snapshots;

/// <summary>Opens a snapshot of another process, in the way of the system that it runs on: on Linux its frozen twin, on Windows the system's own process snapshots.</summary>
internal static class SnapshotSource
{
    /// <param name="processId">The process; on Linux its twin.</param>
    /// <param name="positions">Where its threads stood.</param>
    /// <param name="dataAccess">The runtime's library for those who look into it from outside.</param>
    public static SnapshotAttempt Open(int processId, IReadOnlyDictionary<uint, ThreadPosition> positions, string dataAccess)
    {
        try
        {
            if (OperatingSystem.IsWindows()) return Open(DataTarget.CreateSnapshotAndAttach(processId, new DataTargetOptions()), dataAccess, [], null);
            var memory = new MemoryImage(processId);
            var map = MemoryMap.Read(processId);
            memory.KeepShared(map);
            return Open(new DataTarget(new TwinReader(processId, memory, map, positions), new DataTargetOptions()), dataAccess, map, memory);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException or ClrDiagnosticsException or InvalidOperationException)
        {
            // What the systems answer where one process may not look into another.
            return Refuse($"The system does not let the copy of the process be read: {e.Message} In a container, allow ptrace (--cap-add SYS_PTRACE).");
        }
    }

    /// <summary>The snapshot bears no version that ClrMD could compare, but the library is of the very runtime that the process runs on, so it fits.</summary>
    private static SnapshotAttempt Open(DataTarget target, string dataAccess, IReadOnlyList<MemoryMapping> map, MemoryImage? memory)
    {
        if (target.ClrVersions.Length > 0)
            return new SnapshotAttempt(new ProcessSnapshot(target, target.ClrVersions[0].CreateRuntime(dataAccess, ignoreMismatch: true), map, memory), null);
        target.Dispose();
        memory?.Dispose();
        return Refuse("No runtime was found in the copy of the process.");
    }

    private static SnapshotAttempt Refuse(string reason) => new(null, reason);
}
