using System.Collections.ObjectModel;
using CloudSage.Plugins.Costs;

namespace CloudSage.Plugins.Analysis;

/// <summary>A cost analysis as its hooks see it. The records themselves are read through <see cref="Capabilities.ICostDataReader"/>.</summary>
public sealed record CostAnalysisContext
{
    /// <summary>The analysis' identity: one for each source and run.</summary>
    public required string AnalysisId { get; init; }

    /// <summary>The name of the source, such as its file name.</summary>
    public required string Source { get; init; }

    /// <summary>The plugin that translates the source, once that is known.</summary>
    public string? Adapter { get; init; }

    /// <summary>The provider, where the source has just one.</summary>
    public string? Provider { get; init; }

    /// <summary>The days that were found; null before the analysis and for a source without records.</summary>
    public CostPeriod? Period { get; init; }

    /// <summary>The currency of every cost here; null before the analysis.</summary>
    public string? Currency { get; init; }

    /// <summary>The cost column that the analysis follows.</summary>
    public CostMetric Metric { get; init; }

    /// <summary>Which charges are counted.</summary>
    public ChargeFilter ChargeFilter { get; init; }

    /// <summary>Free parameters of this run.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The result; null before the analysis.</summary>
    public CostAnalysisResult? Result { get; init; }

    /// <summary>
    /// The change of <see cref="Metric"/> from one day to the next, in order of date. Only days whose previous calendar day
    /// is present with a cost above 0 are here, for the ratio has no meaning otherwise.
    /// </summary>
    public IReadOnlyList<DailyCostChange> DailyChanges { get; init; } = [];

    /// <summary>The steepest rise among <see cref="DailyChanges"/>; null where nothing rose.</summary>
    public DailyCostChange? DailySpike { get; init; }
}
