using System.Collections.ObjectModel;

namespace CloudSage.Plugins.Adapters;

/// <summary>A source of billing data.</summary>
/// <param name="Name">Its name in reports, such as the file name.</param>
/// <param name="Location">Where it is; for a file, its absolute path.</param>
public sealed record CostSource(string Name, string Location)
{
    /// <summary>Free parameters.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}

/// <summary>How sure an adapter is that it can translate a source.</summary>
/// <param name="Confidence">0 (cannot) to 1 (certain). The host takes the adapter with the highest, then the first by name.</param>
/// <param name="Format">What the source is, such as <c>FOCUS 1.2 CSV</c>.</param>
/// <param name="Reason">Why (not), in words, for the report.</param>
public sealed record CostSourceMatch(decimal Confidence, string? Format = null, string? Reason = null)
{
    /// <summary>The adapter cannot translate the source.</summary>
    /// <param name="reason">Why not.</param>
    /// <returns>An answer with confidence 0.</returns>
    public static CostSourceMatch No(string reason) => new(0m, null, reason);
}
