using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using CloudSage.UnloadZoo.Catalogue;
using CloudSage.UnloadZoo.Columns;

namespace CloudSage.UnloadZoo.Publishing;

/// <summary>Writes the matrix between its marks in docs/unloading.md.</summary>
internal static class MatrixDocument
{
    private const string Begin = "<!-- matrix: begin -->";
    private const string End = "<!-- matrix: end -->";

    public static void Write(IReadOnlyList<MatrixRow> rows)
    {
        var path = Path.Combine(ZooFixtures.RepositoryRoot, "docs", "unloading.md");
        var document = File.Exists(path) ? File.ReadAllText(path) : "# Leaving memory\n";
        var (begin, end) = (document.IndexOf(Begin, StringComparison.Ordinal), document.IndexOf(End, StringComparison.Ordinal));
        var text = $"{Begin}\n\n{Text(rows)}\n{End}";
        document = begin < 0 || end < begin
            ? $"{document.TrimEnd()}\n\n## What was measured\n\n{text}\n"
            : document[..begin] + text + document[(end + End.Length)..];
        File.WriteAllText(path, document);
        Console.WriteLine($"Written into {path}");
    }

    private static string Text(IReadOnlyList<MatrixRow> rows)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            Every scenario in a process of its own, all columns in one run: {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}.
            *Plain* is a collectible load context with the runtime's dependency resolver, 40 collections; *unassisted* is this host with its assistance
            off, *assisted* the host as it is, 10 collections each. A number is the collection after which the load context was gone. Measured by


            """);
        text.Append("```\ndotnet run -c Release --project tests/CloudSage.UnloadZoo -- --publish\n```\n\n");
        text.Append("| | scenarios | plain | unassisted | assisted |\n|---|---:|---:|---:|---:|\n");
        AppendTotal(text, "all", rows);
        AppendTotal(text, "with packages", [.. rows.Where(static row => row.Scenario.Packages.Count > 0)]);
        AppendTotal(text, "known to be clean", [.. rows.Where(static row => row.Scenario.Clean)]);
        foreach (var project in rows.GroupBy(static row => row.Scenario.Project)) AppendProject(text, project);
        return text.ToString();
    }

    private static void AppendTotal(StringBuilder text, string name, IReadOnlyList<MatrixRow> rows)
    {
        text.Append(CultureInfo.InvariantCulture, $"| {name} | {rows.Count} |");
        foreach (var column in Enum.GetValues<Column>())
        {
            var freed = rows.Count(row => row.Observations[column].Freed);
            text.Append(CultureInfo.InvariantCulture, $" {freed} ({100.0 * freed / rows.Count:F1}%) |");
        }

        text.Append('\n');
    }

    private static void AppendProject(StringBuilder text, IGrouping<string, MatrixRow> rows)
    {
        var packages = rows.Any(static row => row.Scenario.Packages.Count > 0);
        text.Append(CultureInfo.InvariantCulture, $"\n### {rows.Key}\n\n| scenario | {(packages ? "packages" : "cause")} | plain | unassisted | assisted |\n|---|---|---|---|---|\n");
        foreach (var row in rows)
        {
            var what = packages ? string.Join(", ", row.Scenario.Packages) : row.Scenario.Cause;
            text.Append(CultureInfo.InvariantCulture, $"| {Words(row.Scenario.Name)} | {what} |");
            foreach (var column in Enum.GetValues<Column>()) text.Append(CultureInfo.InvariantCulture, $" {Cell(row, column)} |");
            text.Append('\n');
        }
    }

    private static string Cell(MatrixRow row, Column column)
    {
        var observation = row.Observations[column];
        if (observation.Error is not null) return "no observation";
        if (observation.Freed) return string.Create(CultureInfo.InvariantCulture, $"freed, {observation.Collections}");
        if (column != Column.Assisted || row.Scenario.Stays is not { } reason) return "**stays**";
        return $"**stays**: {reason}{(row.Named(Column.Assisted) is { } named ? named ? " Named by the report." : " Not named by the report." : "")}";
    }

    /// <summary>A class' name as words.</summary>
    private static string Words(string name)
        => string.Concat(name.Select((letter, i) => i > 0 && char.IsUpper(letter) && !char.IsUpper(name[i - 1]) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
}
