using System.Globalization;

namespace CloudSage.Benchmarks.Measuring;

/// <summary>Prints the rows of one benchmark as a Markdown table, each with its ratio to the first: the floor.</summary>
internal sealed class ResultTable(string title, string ratioOf, params IReadOnlyList<string> columns)
{
    private readonly List<(string Name, double Ratio, string[] Values)> _rows = [];
    private double? _floor;

    /// <summary>Adds a row.</summary>
    /// <param name="name">What was measured.</param>
    /// <param name="compared">The figure that ratios are made of; NaN for a row that has none.</param>
    /// <param name="values">The figures, column by column.</param>
    public ResultTable Add(string name, double compared, params string[] values)
    {
        _floor ??= compared;
        _rows.Add((name, compared / _floor.Value, values));
        return this;
    }

    public void Print(TextWriter writer)
    {
        writer.WriteLine($"\n### {title}\n");
        writer.WriteLine($"| | {string.Join(" | ", columns)} | {ratioOf} |");
        writer.WriteLine($"|---|{string.Concat(columns.Select(static _ => "---:|"))}---:|");
        foreach (var (name, ratio, values) in _rows)
            writer.WriteLine($"| {name} | {string.Join(" | ", values)} | {(double.IsNaN(ratio) ? "-" : ratio.ToString("0.00", CultureInfo.InvariantCulture))} |");
    }

    public static string Number(double value) => value switch
    {
        double.NaN => "-",
        < 10 => value.ToString("0.00", CultureInfo.InvariantCulture),
        < 100 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("#,0", CultureInfo.InvariantCulture),
    };
}
