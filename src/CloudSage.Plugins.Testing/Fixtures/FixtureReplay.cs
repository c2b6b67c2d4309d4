using CloudSage.PluginHost;
using CloudSage.PluginHost.Brokering;
using CloudSage.Plugins.Adapters;
using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Analysis;
using CloudSage.Plugins.Costs;
using CloudSage.Plugins.Integrations;
using CloudSage.Plugins.Optimization;
using CloudSage.Plugins.Resources;

namespace CloudSage.Plugins.Testing.Fixtures;

/// <summary>What a plugin made of a fixture. Everything in it is a copy: nothing of the plugin is kept in memory by it.</summary>
public sealed record FixtureReplay
{
    /// <summary>The calls, in the order in which they were made.</summary>
    public IReadOnlyList<FixtureCall> Calls { get; init; } = [];

    /// <summary>What the fixture lacks for an extension point that the plugin serves, or what the plugin would not take; in sentences.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>How sure a cloud adapter was of the bill; null where none was asked.</summary>
    public CostSourceMatch? Recognized { get; init; }

    /// <summary>Records that a cloud adapter translated.</summary>
    public IReadOnlyList<CostRecord> Costs { get; init; } = [];

    /// <summary>What a cloud adapter found wrong in the bill.</summary>
    public IReadOnlyList<DataQualityFinding> DataQuality { get; init; } = [];

    /// <summary>Resources that a scanner found.</summary>
    public IReadOnlyList<CloudResource> Resources { get; init; } = [];

    /// <summary>Recommendations, streamed by an optimiser or written through <see cref="Capabilities.IRecommendationWriter"/>.</summary>
    public IReadOnlyList<OptimizationRecommendation> Recommendations { get; init; } = [];

    /// <summary>What a hook remarked on the analysis.</summary>
    public IReadOnlyList<CostFinding> Remarks { get; init; } = [];

    /// <summary>Alerts, answered by a hook or published through <see cref="Capabilities.IAlertPublisher"/>.</summary>
    public IReadOnlyList<Alert> Alerts { get; init; } = [];

    /// <summary>What became of the fixture's alerts in a handler.</summary>
    public IReadOnlyList<AlertDelivery> Deliveries { get; init; } = [];

    /// <summary>What an integration made in the other system.</summary>
    public IReadOnlyList<IntegrationRecord> Records { get; init; } = [];

    /// <summary>Whether every call succeeded and there was at least one. Findings of data quality are answers, not failures.</summary>
    public bool Succeeded => Calls.Count > 0 && Problems.Count == 0 && Calls.All(static call => call.Status == CallStatus.Succeeded);
}

/// <summary>One call of a replay.</summary>
/// <param name="ExtensionPoint">The extension point.</param>
/// <param name="Input">What was given: the bill's name, the alert's identity.</param>
/// <param name="Status">What came of it.</param>
/// <param name="Results">How many results it gave.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Fault">The failure, as text; null where there was none.</param>
public sealed record FixtureCall(string ExtensionPoint, string Input, CallStatus Status, int Results, TimeSpan Elapsed, PluginFault? Fault);
