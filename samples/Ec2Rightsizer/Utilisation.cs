using CloudSage.Plugins.Metrics;

namespace CloudSage.Samples.Rightsizing;

/// <summary>How an instance uses its CPU.</summary>
internal enum Utilisation
{
    /// <summary>It never needs more than 5 percent: it does nothing.</summary>
    Idle,

    /// <summary>95 of 100 samples are at most 40 percent: half of it would do.</summary>
    Overprovisioned,

    /// <summary>It fits.</summary>
    Optimised,

    /// <summary>Its mean is above 70 percent.</summary>
    HighlyUtilised,
}

/// <summary>Tells the classes apart.</summary>
internal static class UtilisationClasses
{
    public static Utilisation Classify(this ResourceMetrics cpu) => cpu switch
    {
        { Max: <= 5m } => Utilisation.Idle,
        { P95: <= 40m } => Utilisation.Overprovisioned,
        { Mean: > 70m } => Utilisation.HighlyUtilised,
        _ => Utilisation.Optimised,
    };
}
