using System.Runtime.InteropServices;

namespace CloudSage.PluginHost.Unloading;

/// <summary>
/// Gives what plugins and the runtime freed of the C library's heap back to the system. glibc keeps it, in one arena per thread, in
/// case it is wanted again: after many upgrades that is more than the plugins themselves.
/// </summary>
internal static partial class NativeHeap
{
    /// <summary>Trims the heap: see malloc_trim(3). Elsewhere than on Linux with glibc it does nothing.</summary>
    public static void Trim()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = MallocTrim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, such as musl, which gives memory back by itself.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MallocTrim(nuint pad);
}
