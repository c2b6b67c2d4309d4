using CloudSage.Plugins;
using CloudSage.Plugins.Analysis;

namespace CloudSage.Samples.CostAnomalies;

/// <summary>Looks at the finished analysis and raises an alert for each day that costs far more than the day before.</summary>
public sealed class CostAnomalyDetector(PluginContext context) : ICostAnalysisHook
{
    private readonly decimal _threshold = context.Settings.GetDecimal("threshold", 0.25m);
    private readonly decimal _minimumAmount = context.Settings.GetDecimal("minimum_amount", 1m);

    public ValueTask<CostAnalysisHookResult> AfterAnalysisAsync(CostAnalysisContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var spikes = context.DailyChanges.Where(change => change.ChangeRatio > _threshold && change.Current >= _minimumAmount);
        return ValueTask.FromResult(new CostAnalysisHookResult { Alerts = [.. spikes.Select(change => SpikeAlert.Create(context, change, _threshold))] });
    }
}
