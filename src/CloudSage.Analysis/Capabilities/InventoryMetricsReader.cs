using System.Runtime.CompilerServices;
using CloudSage.Analysis.Inventory;
using CloudSage.Analysis.Runs;
using CloudSage.PluginHost;
using CloudSage.Plugins.Capabilities;
using CloudSage.Plugins.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSage.Analysis.Capabilities;

/// <summary>Gives plugins the metrics that the inventory names, one file in memory at a time.</summary>
internal sealed class InventoryMetricsReader(ActiveRuns runs, IOptions<AnalysisOptions> options, ILogger<InventoryMetricsReader> logger)
    : IInstanceMetricsReader
{
    public async IAsyncEnumerable<ResourceMetrics> ReadAsync(InstanceMetricsQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (options.Value.Inventory is not { } path) yield break;
        var (entries, findings) = await InventoryFile.ReadAsync(path, options.Value.MaxResources, cancellationToken);
        // A run has read the inventory itself and reported what is wrong with it.
        if (runs.Latest is null) foreach (var finding in findings) Report(finding);

        foreach (var entry in entries.Where(entry => query.ResourceIds.Count == 0 || query.ResourceIds.Contains(entry.Resource.ResourceId)))
        {
            foreach (var (metric, file) in entry.SeriesFiles.Where(series => query.Metric is null || query.Metric == series.Key))
            {
                var (all, finding) = await MetricSeriesFile.ReadAsync(file, options.Value.MaxSamples, cancellationToken);
                if (finding is not null) Report(finding);
                var samples = all.Where(sample => (query.From is null || sample.At >= query.From) && (query.To is null || sample.At < query.To)).ToArray();
                if (samples.Length > 0) yield return MetricSummary.Of(entry.Resource.ResourceId, metric, samples);
            }
        }
    }

    private void Report(Finding finding)
    {
        if (runs.Latest?.Findings.TryAdd(finding) != true) Log.InventoryTrouble(logger, finding.ToString());
    }
}
