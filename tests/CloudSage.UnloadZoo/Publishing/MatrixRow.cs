using CloudSage.UnloadZoo.Catalogue;
using CloudSage.UnloadZoo.Columns;

namespace CloudSage.UnloadZoo.Publishing;

/// <summary>A scenario and what became of it in each column.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Observations">What became of it.</param>
public sealed record MatrixRow(ZooScenario Scenario, IReadOnlyDictionary<Column, Observation> Observations)
{
    /// <summary>What is not as it is recorded; null where everything is.</summary>
    public string? Unexpected => Observations.Select(o => Check(o.Key, o.Value)).FirstOrDefault(static fault => fault is not null) ?? CheckAnswers();

    /// <summary>Whether a report about the scenario names what was planted; null where there is none.</summary>
    public bool? Named => Observations.TryGetValue(Column.Assisted, out var observation) && observation is { Freed: false, Report: { } report }
        ? Scenario.Culprit.Count > 0 && Scenario.Culprit.All(word => report.Contains(word, StringComparison.OrdinalIgnoreCase))
        : null;

    private string? Check(Column column, Observation observation)
    {
        if (observation.Error is { } error) return $"{column}: {error}";
        if (observation.Answer.StartsWith(Observation.Threw, StringComparison.Ordinal) != Scenario.Throws) return $"{column}: {observation.Answer}";
        if (Scenario.Clean && !observation.Freed) return $"{column}: stays in memory, though it is known to be clean.";
        if (column != Column.Assisted) return null;
        if (Scenario.Stays is null && !observation.Freed) return $"{column}: stays in memory. {observation.Report}".TrimEnd();
        return Scenario.Stays is { } reason && observation.Freed ? $"{column}: leaves memory, though it is recorded as staying: {reason}" : null;
    }

    private string? CheckAnswers() => Scenario.Throws || Observations.Values.Select(static o => o.Answer).Distinct().Count() == 1
        ? null
        : $"Answers differ: {string.Join(" | ", Observations.Select(static o => $"{o.Key} {o.Value.Answer}"))}";
}
