using System.Globalization;

namespace CloudSage.PluginHost.Diagnostics.Snapshots;

/// <summary>Where a thread stands.</summary>
internal readonly record struct ThreadPosition(ulong StackPointer, ulong InstructionPointer);

/// <summary>
/// Where the threads of this process stand that wait in the kernel, as the kernel tells it. A twin has their stacks, but not their registers;
/// for a thread that waits, these two suffice to walk its managed frames.
/// </summary>
internal static class BlockedThreads
{
    private const string Tasks = "/proc/self/task";

    public static Dictionary<uint, string> Read()
    {
        var states = new Dictionary<uint, string>();
        foreach (var directory in Directory.EnumerateDirectories(Tasks))
        {
            try
            {
                var state = File.ReadAllText(Path.Combine(directory, "syscall")).Trim();
                states[uint.Parse(Path.GetFileName(directory), CultureInfo.InvariantCulture)] = $"{Turns(directory)} {state}";
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The thread has ended meanwhile, or this kernel does not tell.
            }
        }

        return states;
    }

    /// <summary>How often the thread has run so far: one that ran and waits at the same place again has had another stack in between.</summary>
    private static string Turns(string directory)
    {
        var turns = Path.Combine(directory, "schedstat");
        return File.Exists(turns) ? File.ReadAllText(turns).Trim() : string.Concat(File.ReadLines(Path.Combine(directory, "status")).Where(static l => l.Contains("ctxt_switches", StringComparison.Ordinal)));
    }

    /// <summary>The threads that stood at the same place before and after, and did not run in between.</summary>
    public static Dictionary<uint, ThreadPosition> Unmoved(Dictionary<uint, string> before, Dictionary<uint, string> after)
    {
        var positions = new Dictionary<uint, ThreadPosition>();
        foreach (var (thread, state) in before)
        {
            if (after.TryGetValue(thread, out var same) && same == state && Parse(state) is { } position) positions[thread] = position;
        }

        return positions;
    }

    /// <summary>The last two words of the line are stack and instruction pointer; a thread that is running has none.</summary>
    internal static ThreadPosition? Parse(string state)
    {
        var words = state.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length >= 3 && Hex(words[^2]) is { } stack && Hex(words[^1]) is { } instruction ? new ThreadPosition(stack, instruction) : null;
    }

    private static ulong? Hex(string word)
        => word.StartsWith("0x", StringComparison.Ordinal) && ulong.TryParse(word.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value) ? value : null;
}
