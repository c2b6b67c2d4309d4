using CloudSage.PluginHost;
using CloudSage.Terminal.Reports;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CloudSage.Terminal.Plugins;

/// <summary>Plugins with their states and how long they took to start, and what was found about them.</summary>
public static class PluginTable
{
    /// <summary>Lays the plugins out.</summary>
    /// <param name="plugins">The plugins.</param>
    /// <returns>What <see cref="TerminalOutput.Write"/> takes.</returns>
    public static IRenderable Of(IReadOnlyList<PluginStatus> plugins)
    {
        ArgumentNullException.ThrowIfNull(plugins);
        if (plugins.Count == 0) return new Rows(Title(), new Markup("None."), Text.Empty);
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn("Plugin").AddColumn("Version").AddColumn("Type").AddColumn("State")
            .AddColumn(new TableColumn("Ready in").RightAligned()).AddColumn("Serves");
        foreach (var plugin in plugins)
        {
            table.AddRow(
                PlainText.Escape(plugin.Name), PlainText.Escape(plugin.Version), PlainText.Escape(plugin.Type), State(plugin.State),
                plugin.Timings is { } timings ? PlainText.Elapsed(timings.Total) : "-", PlainText.Escape(string.Join(", ", plugin.ExtensionPoints)));
        }

        var findings = plugins.SelectMany(static p => p.Findings.Select(f => $"{PlainText.Escape(p.Name)}: {TroubleList.Line(f)}"))
            .Select(static line => new Markup(line));
        return new Rows([Title(), table, .. findings, Text.Empty]);
    }

    private static Rule Title() => new Rule("[bold]Plugins[/]").LeftJustified();

    internal static string State(PluginState state) => state switch
    {
        PluginState.Active => "[green]Active[/]",
        PluginState.Rejected or PluginState.Faulted or PluginState.Quarantined or PluginState.Leaked => $"[red]{state}[/]",
        _ => $"[yellow]{state}[/]",
    };
}
