using CloudSage.Plugins.Alerts;

namespace CloudSage.Plugins.Analysis;

/// <summary>What a hook has to say about an analysis.</summary>
public sealed record CostAnalysisHookResult
{
    /// <summary>Nothing to say.</summary>
    public static CostAnalysisHookResult Empty { get; } = new();

    /// <summary>Observations that need no action.</summary>
    public IReadOnlyList<CostFinding> Findings { get; init; } = [];

    /// <summary>Alerts, which the host hands to every alert handler.</summary>
    public IReadOnlyList<Alert> Alerts { get; init; } = [];
}

/// <summary>An observation about an analysis.</summary>
/// <param name="Code">A stable code of the plugin's own.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What was observed.</param>
public sealed record CostFinding(string Code, AlertSeverity Severity, string Message);
