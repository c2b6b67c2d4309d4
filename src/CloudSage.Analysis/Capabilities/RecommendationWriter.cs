using CloudSage.Analysis.Boundary;
using CloudSage.Analysis.Runs;
using CloudSage.Plugins.Capabilities;
using CloudSage.Plugins.Optimization;
using Microsoft.Extensions.Options;

namespace CloudSage.Analysis.Capabilities;

/// <summary>Takes recommendations that plugins write: kept by the host, and by the run under way where there is one.</summary>
internal sealed class RecommendationWriter(ActiveRuns runs, IOptions<AnalysisOptions> options) : IRecommendationWriter, IRecommendationStore
{
    private readonly RecommendationTable _table = new(options.Value.MaxRecommendations);

    public IReadOnlyList<OptimizationRecommendation> Recommendations => _table.Snapshot();

    public ValueTask WriteAsync(OptimizationRecommendation recommendation, CancellationToken cancellationToken)
    {
        var own = recommendation.Detached();
        runs.Latest?.Recommendations.TryPut(own);
        return _table.TryPut(own)
            ? ValueTask.CompletedTask
            : throw new InvalidOperationException($"The host keeps {options.Value.MaxRecommendations} recommendations, and that many are there.");
    }
}
