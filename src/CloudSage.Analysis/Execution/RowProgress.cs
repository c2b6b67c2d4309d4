using CloudSage.Plugins.Adapters;

namespace CloudSage.Analysis.Execution;

/// <summary>Reports the progress of one source at most ten times a second, so that reporting costs the reading nothing.</summary>
internal sealed class RowProgress
{
    private const long RowMask = 1023;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly IProgress<CostAnalysisProgress>? _progress;
    private readonly TimeProvider _time;
    private readonly CostAnalysisProgress _start;
    private long _reportedAt;

    public RowProgress(IProgress<CostAnalysisProgress>? progress, TimeProvider time, CostSource source, int number, int count)
    {
        _progress = progress;
        _time = time;
        _reportedAt = time.GetTimestamp();
        _start = new CostAnalysisProgress(
            AnalysisStage.Reading, source.Name, number, count, 0, File.Exists(source.Location) ? new FileInfo(source.Location).Length : null);
        progress?.Report(_start);
    }

    public void Report(long rows)
    {
        if (_progress is null || (rows & RowMask) != 0 || _time.GetElapsedTime(_reportedAt) < Interval) return;
        _reportedAt = _time.GetTimestamp();
        _progress.Report(_start with { Rows = rows });
    }
}
