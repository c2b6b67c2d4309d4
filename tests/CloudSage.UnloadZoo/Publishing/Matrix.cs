using System.Globalization;
using System.Text;
using CloudSage.UnloadZoo.Columns;

namespace CloudSage.UnloadZoo.Publishing;

/// <summary>The matrix as text for a terminal.</summary>
internal static class Matrix
{
    public static string Line(MatrixRow row)
    {
        var line = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{row.Scenario,-48}"));
        foreach (var (column, observation) in row.Observations) line.Append(CultureInfo.InvariantCulture, $" | {column} {Cell(observation),-22}");
        if (row.Observations.Values.Select(static o => o.Neighbours).FirstOrDefault(static n => n is not null) is { } times)
            line.Append(CultureInfo.InvariantCulture, $" | {times} calls of neighbours");
        foreach (var column in row.Observations.Keys)
        {
            if (row.Place(column) is { } place) line.Append(CultureInfo.InvariantCulture, $" | {column} {(place < 0 ? "NOT NAMED" : $"named, {place + 1}.")}");
        }

        return line.ToString().TrimEnd();
    }

    public static string Summary(IReadOnlyList<MatrixRow> rows)
    {
        var text = new StringBuilder();
        foreach (var column in Enum.GetValues<Column>())
        {
            var observed = rows.Where(row => row.Observations.ContainsKey(column)).Select(row => row.Observations[column]).ToArray();
            if (observed.Length == 0) continue;
            var freed = observed.Count(static o => o.Freed);
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{column}: {freed} of {observed.Length} freed, {100.0 * freed / observed.Length:F1}%, {observed.Count(static o => o.Error is not null)} without an observation");
        }

        foreach (var column in Enum.GetValues<Column>())
        {
            var places = rows.Select(row => row.Place(column)).OfType<int>().ToArray();
            if (places.Length == 0) continue;
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{column}: of {places.Length} that stay, {places.Count(static p => p >= 0)} are named truly, {places.Count(static p => p == 0)} of them first");
        }

        return text.ToString().TrimEnd();
    }

    public static string Cell(Observation observation) => observation switch
    {
        { Error: not null } => "error",
        { Freed: true } => string.Create(CultureInfo.InvariantCulture, $"freed {observation.Collections}, {observation.Milliseconds:F0} ms"),
        _ => "pinned",
    };
}
