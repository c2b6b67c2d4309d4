using System.Diagnostics;
using System.Globalization;

namespace CloudSage.Benchmarks.Soak;

/// <summary>Where the resident memory of this process lies, in KiB. By kind on Linux only, which tells what is mapped.</summary>
/// <param name="Total">All of it.</param>
/// <param name="Collector">The managed heap's reservation.</param>
/// <param name="Code">Compiled code and stubs: pages that the runtime maps twice, to write and to execute.</param>
/// <param name="Heap">The C library's heap, its main arena.</param>
/// <param name="Libraries">Native libraries of plugins.</param>
/// <param name="Files">All other files, the runtime's and the host's own.</param>
/// <param name="Other">The rest without a name: loader heaps, arenas of other threads, stacks.</param>
/// <param name="Mappings">How many mappings there are; the system allows 65,530 by default.</param>
internal sealed record ResidentMemory(long Total, long Collector = 0, long Code = 0, long Heap = 0, long Libraries = 0, long Files = 0, long Other = 0, int Mappings = 0)
{
    /// <summary>The collector reserves its range at once; nothing else reserves so much.</summary>
    private const ulong LargestOther = 1UL << 32;

    private const int NameAt = 73;

    public static ResidentMemory OfThisProcess(string pluginFolder)
    {
        using var process = Process.GetCurrentProcess();
        var sum = new ResidentMemory(process.WorkingSet64 / 1024);
        if (!OperatingSystem.IsLinux()) return sum;
        var (kind, from, heap) = (string.Empty, 0UL, CollectorRange());
        foreach (var line in File.ReadLines("/proc/self/smaps"))
        {
            if (!char.IsAsciiLetterUpper(line[0]))
            {
                (kind, from) = (Name(line), Range(line).From);
                sum = sum with { Mappings = sum.Mappings + 1 };
            }
            else if (line.StartsWith("Rss:", StringComparison.Ordinal))
            {
                var kib = long.Parse(line.AsSpan(4, line.Length - 7).Trim(), CultureInfo.InvariantCulture);
                sum = sum.Add(from >= heap.From && from < heap.To ? "collector" : kind, kib, pluginFolder);
            }
        }

        return sum;
    }

    private ResidentMemory Add(string kind, long kib, string pluginFolder) => kind switch
    {
        "collector" => this with { Collector = Collector + kib },
        "[heap]" => this with { Heap = Heap + kib },
        _ when kind.Contains("doublemapper", StringComparison.Ordinal) => this with { Code = Code + kib },
        _ when kind.StartsWith(pluginFolder, StringComparison.Ordinal) && kind.Contains(".so", StringComparison.Ordinal) => this with { Libraries = Libraries + kib },
        _ when kind.StartsWith('/') => this with { Files = Files + kib },
        _ => this with { Other = Other + kib },
    };

    /// <summary>The reservation is many mappings without a name, one right after another, of which one is far larger than all else.</summary>
    private static (ulong From, ulong To) CollectorRange()
    {
        var (from, to, large) = (0UL, 0UL, false);
        foreach (var line in File.ReadLines("/proc/self/maps"))
        {
            var range = Range(line);
            if (Name(line).Length > 0 || range.From != to)
            {
                if (large) break;
                from = range.From;
            }

            (to, large) = (range.To, large || (Name(line).Length == 0 && range.To - range.From > LargestOther));
        }

        return large ? (from, to) : default;
    }

    /// <summary>The name stands after the addresses, permissions, offset, device and inode: see proc_pid_maps(5).</summary>
    private static string Name(string line) => line.Length > NameAt ? line[NameAt..] : string.Empty;

    private static (ulong From, ulong To) Range(string line)
    {
        var (dash, end) = (line.IndexOf('-', StringComparison.Ordinal), line.IndexOf(' ', StringComparison.Ordinal));
        return (ulong.Parse(line.AsSpan(0, dash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            ulong.Parse(line.AsSpan(dash + 1, end - dash - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
    }
}
