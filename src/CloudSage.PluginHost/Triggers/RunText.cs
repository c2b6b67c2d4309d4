namespace CloudSage.PluginHost.Triggers;

/// <summary>Bounds for text that comes from plugins and is kept in results.</summary>
internal static class RunText
{
    public const int MaxMessage = 1_024;
    public const int MaxEntries = 64;
    public const int MaxValue = 4_096;

    public static string? CutMessage(string? text) => Cut(text, MaxMessage);

    /// <summary>The first entries, each cut to its bound, in a dictionary of the host's.</summary>
    public static Dictionary<string, string> CopyOutput(IEnumerable<KeyValuePair<string, string>> output)
    {
        var copy = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in output.Take(MaxEntries)) copy[Cut(key, MaxMessage)!] = Cut(value, MaxValue) ?? string.Empty;
        return copy;
    }

    private static string? Cut(string? text, int max) => text is null || text.Length <= max ? text : text[..max];
}
