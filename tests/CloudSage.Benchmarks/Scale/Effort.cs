using System.Diagnostics;

namespace CloudSage.Benchmarks.Scale;

/// <summary>Time and processor time of this process from one moment on.</summary>
internal readonly record struct Effort(TimeSpan Time, TimeSpan Processor)
{
    public static Effort Now => new(Stopwatch.GetElapsedTime(0), Environment.CpuUsage.TotalTime);

    public Effort Since(Effort start) => new(Time - start.Time, Processor - start.Processor);
}
