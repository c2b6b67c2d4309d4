namespace CloudSage.PluginHost;

/// <summary>What a stage of the path made of its input: a value, or the errors why there is none, and in both cases what else was found.</summary>
/// <typeparam name="T">What the stage makes.</typeparam>
internal sealed class StageResult<T> where T : class
{
    private StageResult(T? value, IReadOnlyList<Finding> findings)
    {
        Value = value;
        Findings = findings;
    }

    /// <summary>What the stage made; null if and only if there is an error among the findings.</summary>
    public T? Value { get; }

    public IReadOnlyList<Finding> Findings { get; }

    public static StageResult<T> Success(T value, IReadOnlyList<Finding>? findings = null) => new(value, findings ?? []);

    public static StageResult<T> Failure(params IReadOnlyList<Finding> findings) => new(null, findings);

    /// <summary>The value if no finding is an error, otherwise the findings alone.</summary>
    public static StageResult<T> From(T? value, IReadOnlyList<Finding> findings)
        => value is not null && !findings.Any(static f => f.Severity == FindingSeverity.Error) ? new(value, findings) : new(null, findings);
}
