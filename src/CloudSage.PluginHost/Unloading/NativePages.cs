using System.Globalization;
using System.Runtime.InteropServices;
using CloudSage.PluginHost.Discovery;

namespace CloudSage.PluginHost.Unloading;

/// <summary>
/// Gives the memory of a gone version's native libraries back to the system. The runtime never closes a library that code imported, and
/// closing it here could pull it from under a thread of its own; so it stays mapped, and each upgrade maps one more. Its pages can go
/// all the same: one that is touched again is read from its file again.
/// </summary>
internal sealed partial class NativePages
{
    /// <summary>From Linux' <c>asm-generic/mman-common.h</c>, kernel 5.4 and later: take these pages out of memory; nothing of their content is lost.</summary>
    private const int PageOut = 21;

    private readonly List<(nuint From, nuint To)> _mappings;

    private NativePages(List<(nuint From, nuint To)> mappings, IReadOnlyCollection<string> files) => (_mappings, Files) = (mappings, files);

    /// <summary>The libraries' files, relative to the folder.</summary>
    public IReadOnlyCollection<string> Files { get; }

    /// <summary>Finds what is mapped of the native libraries below a folder. To be called while the folder is still there.</summary>
    /// <param name="folder">The version's folder in the store.</param>
    /// <returns>Null where nothing is mapped, and on other systems than Linux.</returns>
    public static NativePages? Of(string folder)
    {
        // The list of mappings grows with every loaded plugin: it is read for those alone that have such a library.
        if (!OperatingSystem.IsLinux() || !Directory.Exists(folder) || !Directory.EnumerateFiles(folder, "*.so*", SearchOption.AllDirectories).Any()) return null;
        // The system tells the real path, whatever links lead there.
        var prefix = Path.TrimEndingDirectorySeparator(PathBoundary.Resolve(folder) ?? folder) + Path.DirectorySeparatorChar;
        string[] lines = [.. File.ReadLines("/proc/self/maps").Where(l => IsOf(l, prefix))];
        return lines.Length == 0 ? null : new NativePages([.. lines.Select(Range)], [.. lines.Select(l => l[(l.IndexOf('/', StringComparison.Ordinal) + prefix.Length)..]).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>Gives the pages back. An older kernel refuses; then they stay, as they would have without asking.</summary>
    public void Release()
    {
        foreach (var (from, to) in _mappings) _ = Advise(from, to - from, PageOut);
    }

    /// <summary>A line is the range of addresses, permissions, offset, device, inode and path: see proc_pid_maps(5).</summary>
    private static bool IsOf(string line, string prefix)
    {
        var path = line.IndexOf('/', StringComparison.Ordinal);
        return path > 0 && line.AsSpan(path).StartsWith(prefix, StringComparison.Ordinal) && line.Contains(".so", StringComparison.Ordinal);
    }

    private static (nuint From, nuint To) Range(string line)
    {
        var (dash, end) = (line.IndexOf('-', StringComparison.Ordinal), line.IndexOf(' ', StringComparison.Ordinal));
        return (nuint.Parse(line.AsSpan(0, dash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            nuint.Parse(line.AsSpan(dash + 1, end - dash - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nuint address, nuint length, int advice);
}
