namespace CloudSage.Analysis;

/// <summary>The codes of findings about an analysis as a whole. Listed in docs/diagnostics.md.</summary>
internal static class AnalysisCodes
{
    /// <summary>No active adapter recognises a source. The message tells what each said; add an adapter or mend the source.</summary>
    public const string UnknownSource = "CSG3001";

    /// <summary>No plugin that translates billing data is active. Add one to the plugin folder.</summary>
    public const string NoAdapter = "CSG3002";

    /// <summary>An adapter failed while it translated a source, so there is no result for it. The fault says why.</summary>
    public const string SourceFailed = "CSG3003";

    /// <summary>A source has no record at all. Check that it is the file you meant.</summary>
    public const string EmptySource = "CSG3004";

    /// <summary>The inventory cannot be read. The message says what is wrong in which line.</summary>
    public const string InventoryUnreadable = "CSG3005";

    /// <summary>A metrics file that the inventory names cannot be read; the resource has no metrics. Mend the file or the inventory.</summary>
    public const string MetricsUnreadable = "CSG3006";

    /// <summary>Plugins sent more than a run takes, and the rest was dropped. Raise the limit in the options, or mend the plugin.</summary>
    public const string LimitReached = "CSG3007";
}
