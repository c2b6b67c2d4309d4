namespace CloudSage.Analysis.Inventory;

/// <summary>One measured value, UTC.</summary>
internal readonly record struct MetricSample(DateTimeOffset At, decimal Value);
