using System.Runtime.InteropServices;

namespace CloudSage.PluginHost.Diagnostics.Snapshots;

/// <summary>
/// Bare calls of the Linux kernel. They leave the thread in the runtime's cooperative mode: no garbage collection can begin between two of them,
/// and the runtime does nothing of its own before or after.
/// </summary>
internal static partial class SystemCall
{
    public static bool IsSupported => OperatingSystem.IsLinux() && Numbers.Current is not null;

    [LibraryImport("libc", EntryPoint = "syscall")]
    [SuppressGCTransition]
    public static partial long Invoke(long number, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0, long f = 0);

    /// <summary>The numbers of the calls on this processor; the kernel's tables differ.</summary>
    internal sealed record Numbers(
        long Split, long GetPid, long GetParentPid, long SetSignalMask, long ProcessControl, long CloseRange, long Poll, long ExitGroup, long Kill, long Wait, long Map, long Remap, long Unmap, long ReadProcess)
    {
        private static readonly Numbers X64 = new(56, 39, 110, 14, 157, 436, 271, 231, 62, 61, 9, 25, 11, 310);
        private static readonly Numbers Arm64 = new(220, 172, 173, 135, 167, 436, 73, 94, 129, 260, 222, 216, 215, 270);

        public static Numbers? Current => RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => X64,
            Architecture.Arm64 => Arm64,
            _ => null,
        };
    }
}
