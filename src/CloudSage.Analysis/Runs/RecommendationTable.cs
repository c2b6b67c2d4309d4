using CloudSage.Plugins.Optimization;

namespace CloudSage.Analysis.Runs;

/// <summary>Recommendations by identity: a later one replaces an earlier of the same identity. Bounded and thread-safe.</summary>
internal sealed class RecommendationTable(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, OptimizationRecommendation> _byId = new(StringComparer.Ordinal);
    private long _dropped;

    public long Dropped
    {
        get { lock (_gate) return _dropped; }
    }

    /// <summary>Stores a recommendation; false where it is new and the table is full.</summary>
    public bool TryPut(OptimizationRecommendation recommendation)
    {
        lock (_gate)
        {
            if (_byId.Count >= capacity && !_byId.ContainsKey(recommendation.RecommendationId))
            {
                _dropped++;
                return false;
            }

            _byId[recommendation.RecommendationId] = recommendation;
            return true;
        }
    }

    /// <summary>The greatest savings first; those without a figure last; then by identity.</summary>
    public IReadOnlyList<OptimizationRecommendation> Snapshot()
    {
        lock (_gate)
        {
            return [.. _byId.Values
                .OrderBy(static r => r.EstimatedMonthlySavings is null)
                .ThenBy(static r => r.EstimatedMonthlySavings?.Currency, StringComparer.Ordinal)
                .ThenByDescending(static r => r.EstimatedMonthlySavings?.Amount)
                .ThenBy(static r => r.RecommendationId, StringComparer.Ordinal)];
        }
    }
}
