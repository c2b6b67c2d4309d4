using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CloudSage.PluginHost.Discovery;

/// <summary>
/// Says whether somebody has a file open for writing: a copy that pauses with the file open leaves no other sign. Windows refuses to open such a file
/// for a reader who does not share it, so only Linux, where anyone may read along, has to be asked.
/// </summary>
internal static partial class FileWriters
{
    private const int SetSignal = 10, SetLease = 1024;
    private const int ReadLease = 0, NoLease = 2;
    private const int HarmlessSignal = 23;
    private const int TryAgain = 11;

    private static readonly bool IsKnown = OperatingSystem.IsLinux()
        && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>Whether it is open for writing now. False where nobody can tell: another owner's file, or a file system without leases.</summary>
    /// <remarks>
    /// Some network file systems refuse every lease in the same words, so whoever asks must not wait for ever.
    /// </remarks>
    public static bool Has(SafeFileHandle file)
    {
        if (!IsKnown) return false;
        // The kernel grants a reader's lease only while nobody writes. Should a writer come in the instant until it is given back, he is held up that
        // long, and the kernel tells us by a signal: one that is ignored, for the usual one would end the process.
        if (Control(file, SetSignal, HarmlessSignal) != 0) return false;
        if (Control(file, SetLease, ReadLease) != 0) return Marshal.GetLastPInvokeError() == TryAgain;
        _ = Control(file, SetLease, NoLease);
        return false;
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(SafeFileHandle file, int command, nint argument);
}
