using System.Text.Json.Serialization;

namespace CloudSage.UnloadZoo.Columns;

/// <summary>What became of one scenario in one column.</summary>
/// <param name="Freed">Whether the plugin left memory.</param>
/// <param name="Collections">After how many collections that was known.</param>
/// <param name="Milliseconds">How long it took, from the call of unload.</param>
/// <param name="Answer">What the scenario answered, or that it threw.</param>
public sealed record Observation(bool Freed, int Collections, double Milliseconds, string Answer)
{
    /// <summary>How the answer of a scenario begins that let an exception out.</summary>
    internal const string Threw = "threw ";

    /// <summary>Why there is no observation; null where there is one.</summary>
    public string? Error { get; init; }

    /// <summary>What the report says holds the plugin; null where there is no report.</summary>
    public string? Report { get; init; }

    /// <summary>The holders that the report names, the surest first, each as one text with its stack.</summary>
    public IReadOnlyList<string> Holders { get; init; } = [];

    /// <summary>How long the report took, in milliseconds.</summary>
    public double ReportMilliseconds { get; init; }

    /// <summary>How often others used the same cache meanwhile; null where there were none.</summary>
    public int? Neighbours { get; init; }

    /// <summary>An observation that could not be made.</summary>
    /// <param name="error">Why.</param>
    /// <returns>The observation.</returns>
    public static Observation Failed(string error) => new(false, 0, 0, "") { Error = error };
}

/// <summary>How a child process tells its parent.</summary>
[JsonSerializable(typeof(Observation))]
internal sealed partial class ObservationContext : JsonSerializerContext;
