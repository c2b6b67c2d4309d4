using CloudSage.PluginHost;
using CloudSage.Plugins.Optimization;

namespace CloudSage.Analysis.Reporting;

/// <summary>What a run found. <see cref="AnalysisJson"/> writes it.</summary>
public sealed record CostAnalysisReport
{
    /// <summary>The run's identity.</summary>
    public required string RunId { get; init; }

    /// <summary>One for each source and currency, in the order of the sources, then by currency.</summary>
    public IReadOnlyList<SourceAnalysis> Analyses { get; init; } = [];

    /// <summary>What plugins want somebody to know, in the order in which it came.</summary>
    public IReadOnlyList<ReportedAlert> Alerts { get; init; } = [];

    /// <summary>What hooks remarked.</summary>
    public IReadOnlyList<ReportedObservation> Observations { get; init; } = [];

    /// <summary>What optimisers propose, the greatest savings first.</summary>
    public IReadOnlyList<OptimizationRecommendation> Recommendations { get; init; } = [];

    /// <summary>What became of each alert in each handler.</summary>
    public IReadOnlyList<ReportedDelivery> Deliveries { get; init; } = [];

    /// <summary>What integrations did.</summary>
    public IReadOnlyList<ReportedExport> Exports { get; init; } = [];

    /// <summary>Every plugin the host knows, by name.</summary>
    public IReadOnlyList<ReportedPlugin> Plugins { get; init; } = [];

    /// <summary>What went wrong inside plugins.</summary>
    public IReadOnlyList<ReportedFault> Faults { get; init; } = [];

    /// <summary>What the analysis itself found wrong, such as a source that no adapter recognises. An error: something asked for is missing.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}

/// <summary>A plugin that the host knows.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version that serves; null while unknown.</param>
/// <param name="Type">The manifest's type; null while unknown.</param>
/// <param name="State">Where it stands, such as <c>Active</c>.</param>
public sealed record ReportedPlugin(string Name, string? Version, string? Type, string State);

/// <summary>What a hook remarked.</summary>
/// <param name="Plugin">The plugin.</param>
/// <param name="Source">The source.</param>
/// <param name="Currency">The currency; null before the analysis.</param>
/// <param name="Code">The plugin's code for it.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What it says.</param>
public sealed record ReportedObservation(string Plugin, string Source, string? Currency, string Code, string Severity, string Message);
