using System.Collections.ObjectModel;
using CloudSage.Plugins.Adapters;
using CloudSage.Plugins.Costs;

namespace CloudSage.Analysis;

/// <summary>What to analyse, and what to do with what is found.</summary>
public sealed record CostAnalysisRequest
{
    /// <summary>The sources, each analysed on its own.</summary>
    public required IReadOnlyList<CostSource> Sources { get; init; }

    /// <summary>The cost column that daily changes follow.</summary>
    public CostMetric Metric { get; init; }

    /// <summary>Which charges are counted. The commitment summary looks at every usage charge all the same.</summary>
    public ChargeFilter ChargeFilter { get; init; }

    /// <summary>Free parameters, handed to every plugin that takes part.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Whether to ask scanners and optimisers.</summary>
    public bool Optimize { get; init; } = true;

    /// <summary>Whether to hand alerts to alert handlers.</summary>
    public bool Notify { get; init; } = true;

    /// <summary>Whether to hand recommendations and alerts to integrations.</summary>
    public bool Export { get; init; } = true;
}
