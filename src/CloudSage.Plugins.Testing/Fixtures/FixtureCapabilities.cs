using System.Collections.Concurrent;
using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Capabilities;
using CloudSage.Plugins.Costs;
using CloudSage.Plugins.Metrics;
using CloudSage.Plugins.Optimization;

namespace CloudSage.Plugins.Testing.Fixtures;

/// <summary>The platform's capabilities over a fixture: they read from it, and keep what is written.</summary>
internal sealed class FixtureCapabilities(PluginFixture fixture) : ICostDataReader, IInstanceMetricsReader, IAlertPublisher, IRecommendationWriter
{
    private readonly ConcurrentQueue<Alert> _alerts = new();
    private readonly ConcurrentQueue<OptimizationRecommendation> _recommendations = new();

    /// <summary>What they are over.</summary>
    public PluginFixture Fixture => fixture;

    /// <summary>What the plugin published.</summary>
    public IReadOnlyList<Alert> Alerts => [.. _alerts];

    /// <summary>What the plugin wrote.</summary>
    public IReadOnlyList<OptimizationRecommendation> Recommendations => [.. _recommendations];

    public IAsyncEnumerable<CostRecord> ReadAsync(CostDataQuery query, CancellationToken cancellationToken)
        => fixture.Costs.Where(record => Matches(query, record)).ToAsyncEnumerable();

    public IAsyncEnumerable<ResourceMetrics> ReadAsync(InstanceMetricsQuery query, CancellationToken cancellationToken)
        => fixture.Metrics.Where(metrics => Matches(query, metrics)).ToAsyncEnumerable();

    public ValueTask<bool> PublishAsync(Alert alert, CancellationToken cancellationToken)
    {
        _alerts.Enqueue(Detached.Copy(alert));
        return ValueTask.FromResult(true);
    }

    public ValueTask WriteAsync(OptimizationRecommendation recommendation, CancellationToken cancellationToken)
    {
        _recommendations.Enqueue(Detached.Copy(recommendation));
        return ValueTask.CompletedTask;
    }

    private static bool Matches(CostDataQuery query, CostRecord record)
        => (query.From is not { } from || record.ChargePeriodStart >= from)
        && (query.To is not { } to || record.ChargePeriodStart < to)
        && (query.Currency is null || query.Currency == record.BillingCurrency)
        && (query.ServiceNames.Count == 0 || query.ServiceNames.Contains(record.ServiceName))
        && (query.ResourceIds.Count == 0 || query.ResourceIds.Contains(record.ResourceId))
        && (query.ChargeFilter == ChargeFilter.AllCharges || IsUsage(record));

    // As the analysis counts it: without what a commitment cost and nobody used.
    private static bool IsUsage(CostRecord record)
        => record.ChargeCategory == ChargeCategory.Usage && record.CommitmentDiscountStatus != CommitmentStatus.Unused;

    private static bool Matches(InstanceMetricsQuery query, ResourceMetrics metrics)
        => (query.ResourceIds.Count == 0 || query.ResourceIds.Contains(metrics.ResourceId))
        && (query.Metric is not { } metric || metric == metrics.Metric)
        && (query.From is not { } from || metrics.End >= from)
        && (query.To is not { } to || metrics.Start < to);
}
