using CloudSage.Plugins.Optimization;

namespace CloudSage.Analysis;

/// <summary>The recommendations that plugins wrote through <see cref="Plugins.Capabilities.IRecommendationWriter"/> since the host started.</summary>
public interface IRecommendationStore
{
    /// <summary>A snapshot, by identity.</summary>
    IReadOnlyList<OptimizationRecommendation> Recommendations { get; }
}
