using System.Diagnostics;

namespace CloudSage.Benchmarks.Measuring;

/// <summary>Durations of one contender, taken one by one.</summary>
internal sealed class Durations
{
    private readonly List<double> _microseconds = [];
    private double[]? _ordered;

    public int Count => _microseconds.Count;

    public double Median => At(0.50);

    public double P95 => At(0.95);

    public double P99 => At(0.99);

    public double Highest => At(1);

    public double Total => _microseconds.Sum();

    public void Add(long startedAt) => Add(Stopwatch.GetElapsedTime(startedAt));

    public void Add(TimeSpan duration)
    {
        _microseconds.Add(duration.TotalMicroseconds);
        _ordered = null;
    }

    public void Add(Durations others)
    {
        _microseconds.AddRange(others._microseconds);
        _ordered = null;
    }

    private double At(double share)
    {
        _ordered ??= [.. _microseconds.Order()];
        return _ordered.Length == 0 ? double.NaN : _ordered[(int)Math.Min(_ordered.Length - 1, Math.Floor(share * _ordered.Length))];
    }
}
