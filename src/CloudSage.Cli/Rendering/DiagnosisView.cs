using System.Globalization;
using CloudSage.PluginHost;
using CloudSage.Terminal;
using CloudSage.Terminal.Plugins;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CloudSage.Cli.Rendering;

/// <summary>What a doctor found of a plugin, for people: how it was, what it held, and whether it left.</summary>
internal static class DiagnosisView
{
    private const int MostTypes = 15;

    public static IRenderable Of(Diagnosis diagnosis)
    {
        List<IRenderable> parts = [Title("Plugin"), PluginDetails.Of(diagnosis.Plugin), Text.Empty];
        if (diagnosis.Verdict is not null) parts.AddRange([Title("Held while it served"), .. Held(diagnosis), Text.Empty]);
        parts.Add(Title("Leaving memory"));
        parts.AddRange(Left(diagnosis));
        return new Rows(parts);
    }

    private static IEnumerable<IRenderable> Held(Diagnosis diagnosis)
    {
        if (diagnosis.Holdings is not { } holdings)
        {
            yield return Aside(diagnosis.Shortfall ?? "It could not be looked at.");
            yield break;
        }

        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        grid.AddRow("assemblies", PlainText.Escape(string.Join(", ", holdings.Assemblies)));
        grid.AddRow("objects", $"{PlainText.Count(holdings.Instances)}, {Bytes(holdings.InstanceBytes)}");
        grid.AddRow("static fields", Bytes(holdings.StaticBytes));
        foreach (var (what, names) in new[] { ("threads", holdings.Threads), ("timers", holdings.Timers), ("handles", holdings.Handles) })
            grid.AddRow(what, names.Count == 0 ? "none" : string.Join('\n', names.Select(PlainText.Escape)));
        yield return grid;
        if (holdings.Types.Count > 0) yield return Types(holdings.Types);
        if (holdings.Shortfall is { } shortfall) yield return Aside(shortfall);
    }

    private static Table Types(IReadOnlyList<HeldType> types)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("Type")
            .AddColumn(new TableColumn("Objects").RightAligned()).AddColumn(new TableColumn("Bytes").RightAligned());
        foreach (var type in types.Take(MostTypes)) table.AddRow(PlainText.Escape(type.Type), PlainText.Count(type.Instances), PlainText.Count(type.Bytes));
        if (types.Count > MostTypes) table.Caption($"and {types.Count - MostTypes} more types");
        return table;
    }

    /// <summary>Whether it left memory, or what keeps it.</summary>
    public static IEnumerable<IRenderable> Left(Diagnosis diagnosis)
    {
        if (diagnosis.Verdict is not { } verdict)
        {
            yield return new Markup("[red]It never served[/], so it could not be unloaded. Mend what was found.");
            yield break;
        }

        var after = $"after {verdict.Collections} collection(s) ({PlainText.Elapsed(verdict.Elapsed)})";
        yield return new Markup(
            diagnosis.HasLeft ? $"[green]It left memory[/] {after}."
            : verdict.StillRunning.Count > 0 ? $"[red]It still runs[/] {after}: {PlainText.Escape(string.Join(", ", verdict.StillRunning))}."
            : $"[red]It is still in memory[/] {after}.");
        if (verdict.Evicted.Count > 0) yield return Evicted(verdict.Evicted);
        foreach (var finding in verdict.Findings) yield return new Markup(PlainText.Escape(finding.ToString()));
        foreach (var holder in diagnosis.Leaks.SelectMany(static l => l.Holders)) yield return Holder(holder);
        if (diagnosis.HasLeft) yield break;
        foreach (var why in diagnosis.Leaks.Select(static l => l.Shortfall).Append(diagnosis.Shortfall).OfType<string>().Distinct()) yield return Aside(why);
    }

    private static Table Evicted(IReadOnlyList<EvictedRemains> evicted)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("The host had to take back").AddColumn(new TableColumn("Entries").RightAligned());
        foreach (var remains in evicted) table.AddRow(PlainText.Escape(remains.Cause), PlainText.Count(remains.Count));
        return table;
    }

    private static Rows Holder(LeakHolder holder) => new(
    [
        new Markup($"  [red]held by[/] {PlainText.Escape(holder.Path)}"),
        .. holder.Stack.Select(static frame => new Markup($"      at {PlainText.Escape(frame)}")),
        new Markup($"    {PlainText.Escape(holder.Remedy)}"),
    ]);

    private static Markup Aside(string text) => new($"[grey]{PlainText.Escape(text)}[/]");

    private static Rule Title(string text) => new Rule($"[bold]{text}[/]").LeftJustified();

    private static string Bytes(long bytes) => bytes < 10_240
        ? $"{PlainText.Count(bytes)} bytes"
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:#,##0.#} KiB");
}
