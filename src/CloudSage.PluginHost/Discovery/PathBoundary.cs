namespace CloudSage.PluginHost.Discovery;

/// <summary>Follows links to where they really lead, and says whether that is inside a directory.</summary>
internal static class PathBoundary
{
    private const int MaxHops = 40;

    /// <summary>How this platform's usual file systems compare names.</summary>
    public static StringComparison Comparison { get; }
        = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>How this platform's usual file systems compare names.</summary>
    public static StringComparer Comparer { get; } = StringComparer.FromComparison(Comparison);

    /// <summary>The path with every link in it replaced by its target; null where a link leads nowhere or in circles.</summary>
    /// <exception cref="IOException">A link on the way cannot be read.</exception>
    public static string? Resolve(string path)
    {
        var hops = 0;
        var full = Path.GetFullPath(path);
        var resolved = Path.GetPathRoot(full)!;
        var pending = new Stack<string>(Segments(full[resolved.Length..]).Reverse());
        while (pending.TryPop(out var segment))
        {
            if (segment == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? resolved;
                continue;
            }

            var next = Path.Combine(resolved, segment);
            var entry = new FileInfo(next);
            if (entry.LinkTarget is not { } target)
            {
                resolved = next;
                continue;
            }

            if (++hops > MaxHops)
                return null;

            if (Path.IsPathFullyQualified(target))
            {
                resolved = Path.GetPathRoot(target)!;
                target = target[resolved.Length..];
            }

            foreach (var part in Segments(target).Reverse())
                pending.Push(part);
        }

        return Path.Exists(resolved) ? resolved : null;
    }

    /// <summary>Whether a resolved path is the resolved directory or below it.</summary>
    public static bool Contains(string directory, string path)
        => path.Equals(directory, Comparison)
            || path.StartsWith(Path.EndsInDirectorySeparator(directory) ? directory : directory + Path.DirectorySeparatorChar, Comparison);

    private static IEnumerable<string> Segments(string path)
        => path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Where(static s => s != ".");
}
