using System.Diagnostics;
using CloudSage.UnloadZoo.Catalogue;
using CloudSage.UnloadZoo.Columns;
using CloudSage.UnloadZoo.Publishing;

namespace CloudSage.UnloadZoo.Running;

/// <summary>The parent side: runs a selection, each scenario in each column in a process of its own, and prints what came of it.</summary>
internal static class RunnerProgram
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var selection = Selection.Parse(arguments);
        var scenarios = ZooCatalogue.Read().Where(selection.Contains).ToArray();
        var since = Stopwatch.GetTimestamp();
        using var workspaces = new Workspaces(selection.Parallel);
        var rows = await Task.WhenAll(scenarios.Select(scenario => ObserveAsync(scenario, selection, workspaces)));
        var elapsed = Stopwatch.GetElapsedTime(since);

        Console.WriteLine(Matrix.Summary(rows));
        Console.WriteLine($"{rows.Length} scenarios in {elapsed.TotalSeconds:F0} s");
        if (selection.Publish) MatrixDocument.Write(rows);
        var unexpected = rows.Where(static row => row.Unexpected is not null).ToArray();
        foreach (var row in unexpected) Console.WriteLine($"UNEXPECTED {row.Scenario}: {row.Unexpected}");
        foreach (var row in rows)
        {
            foreach (var column in row.Observations.Keys.Where(column => row.Named(column) == false || (selection.Reports && row.Named(column) is not null)))
                Console.WriteLine($"{(row.Named(column) == true ? "REPORT" : "NOT NAMED")} {row.Scenario}, {column}, planted '{string.Join(" + ", row.Scenario.Culprit)}': {row.Observations[column].Report}");
        }

        return unexpected.Length == 0 ? 0 : 1;
    }

    private static async Task<MatrixRow> ObserveAsync(ZooScenario scenario, Selection selection, Workspaces workspaces)
    {
        var observations = new Dictionary<Column, Observation>();
        foreach (var column in selection.Neighbours ? [Column.Assisted] : selection.Columns)
        {
            observations[column] = await workspaces.UseAsync(
                folder => ChildProcess.ObserveAsync(scenario, column, selection.Neighbours, folder, CancellationToken.None), CancellationToken.None);
        }

        var row = new MatrixRow(scenario, observations);
        Console.WriteLine(Matrix.Line(row));
        return row;
    }
}
