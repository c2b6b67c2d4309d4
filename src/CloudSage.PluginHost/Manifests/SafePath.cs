namespace CloudSage.PluginHost.Manifests;

/// <summary>What a path inside a plugin may be, so that it means the same file inside the plugin on every system.</summary>
internal static class SafePath
{
    private const int Longest = 512;

    /// <summary>What is wrong with a path and what to write instead; null where nothing is.</summary>
    public static (string Fault, string Remedy)? FindFault(string path)
    {
        const string Inside = "Write a path inside the plugin's folder, such as 'bin/MyPlugin.dll'.";
        if (path.Trim().Length == 0) return ("is empty", Inside);
        if (path.Length > Longest) return ($"has {path.Length} characters, at most {Longest} are allowed", "Shorten it.");
        if (path.Contains('\\', StringComparison.Ordinal)) return ("holds a backslash", "Write forward slashes: they work on every system.");
        if (path.StartsWith('/')) return ("is absolute", Inside);
        if (path is [_, ':', ..] && char.IsAsciiLetter(path[0])) return ("names a drive", Inside);

        foreach (var rune in path.EnumerateRunes())
            if (ShownText.IsHidden(rune) || rune.Value is '<' or '>' or ':' or '"' or '|' or '?' or '*')
                return ($"holds {ShownText.Character(rune)}, which not every system allows in a file name", "Rename the file.");

        return path.Split('/').Select(segment => FindSegmentFault(path, segment)).FirstOrDefault(static fault => fault is not null);
    }

    private static (string Fault, string Remedy)? FindSegmentFault(string path, string segment) => segment switch
    {
        "" => ("has an empty part", "Write single slashes between folders and none at the end."),
        "." => ("holds the part '.'", path.StartsWith("./", StringComparison.Ordinal) ? $"Write {ShownText.Quote(path[2..])}." : "Leave it out."),
        ".." => ("leaves its folder with '..'", "Put the file inside the plugin's folder."),
        _ when segment.EndsWith('.') || segment.EndsWith(' ') => ("has a part that ends with a dot or a space, which Windows drops", "Rename the file."),
        _ when SafeName.IsReserved(segment) => ($"holds {ShownText.Quote(segment)}, the name of a device on Windows", "Rename the file."),
        _ => null,
    };
}
