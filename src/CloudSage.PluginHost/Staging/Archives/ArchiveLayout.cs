namespace CloudSage.PluginHost.Staging.Archives;

/// <summary>Where a plugin is in an archive: at its top, or in the one folder at its top.</summary>
internal static class ArchiveLayout
{
    public static IReadOnlyDictionary<string, string?> Arrange(IReadOnlyList<string> names)
    {
        string[] content = [.. names.Where(static name => !IsTrace(name))];
        var top = content.Length > 0 ? content[0][..(content[0].IndexOf('/') + 1)] : string.Empty;
        if (!content.All(name => name.StartsWith(top, StringComparison.Ordinal))) top = string.Empty;
        return content.ToDictionary(static name => name, string? (name) => name[top.Length..], StringComparer.Ordinal);
    }

    /// <summary>What macOS adds to what it packs.</summary>
    private static bool IsTrace(string name)
        => name.StartsWith("__MACOSX/", StringComparison.Ordinal) || name[(name.LastIndexOf('/') + 1)..] == ".DS_Store";
}
