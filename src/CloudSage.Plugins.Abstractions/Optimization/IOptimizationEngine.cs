using System.Collections.ObjectModel;
using CloudSage.Plugins.Resources;

namespace CloudSage.Plugins.Optimization;

/// <summary>Extension point: finds savings.</summary>
[ExtensionPoint("OptimizationEngine")]
public interface IOptimizationEngine
{
    /// <summary>Streams recommendations. Costs and metrics are read through the capabilities that the plugin was granted.</summary>
    /// <param name="request">What to look at.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The recommendations.</returns>
    IAsyncEnumerable<OptimizationRecommendation> OptimizeAsync(OptimizationRequest request, CancellationToken cancellationToken);
}

/// <summary>What to look at.</summary>
public sealed record OptimizationRequest
{
    /// <summary>The run's identity.</summary>
    public required string RunId { get; init; }

    /// <summary>The analysis it belongs to, if any.</summary>
    public string? AnalysisId { get; init; }

    /// <summary>Kinds of resources to look at; empty means all that the plugin knows.</summary>
    public IReadOnlyList<string> ResourceTypes { get; init; } = [];

    /// <summary>The resources to look at, where the host knows them.</summary>
    public IReadOnlyList<CloudResource> Resources { get; init; } = [];

    /// <summary>Free parameters of this run.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}
