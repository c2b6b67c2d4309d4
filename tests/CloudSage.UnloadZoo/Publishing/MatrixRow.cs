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

    /// <summary>Whether the report of a column names what was planted, in one holder; null where the scenario left, or was not observed with a report.</summary>
    /// <param name="column">The column.</param>
    /// <returns>Whether it does.</returns>
    public bool? Named(Column column) => Place(column) is { } place ? place >= 0 : null;

    /// <summary>The place of the planted culprit among the holders that the report of a column names, from 0; -1 where it is not among them; null where there is no report.</summary>
    /// <param name="column">The column.</param>
    /// <returns>The place.</returns>
    public int? Place(Column column)
    {
        if (column == Column.Plain || !Observations.TryGetValue(column, out var observation) || observation.Freed || observation.Error is not null) return null;
        if (Scenario.Culprit.Count == 0) return -1;
        return observation.Holders.Select(static (holder, place) => (holder, place))
            .Where(h => Scenario.Culprit.All(word => h.holder.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Select(static h => h.place).DefaultIfEmpty(-1).First();
    }

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
