using CloudSage.PluginHost;
using CloudSage.Terminal.Reports;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CloudSage.Terminal.Plugins;

/// <summary>Everything the host knows about one plugin.</summary>
public static class PluginDetails
{
    /// <summary>Lays a plugin out.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <returns>What <see cref="TerminalOutput.Write"/> takes.</returns>
    public static IRenderable Of(PluginStatus plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        grid.AddRow("name", $"[bold]{PlainText.Escape(plugin.Name)}[/]");
        grid.AddRow("state", PluginTable.State(plugin.State));
        grid.AddRow("version", PlainText.Escape(plugin.Version));
        grid.AddRow("type", PlainText.Escape(plugin.Type));
        grid.AddRow("hash", PlainText.Escape(plugin.Hash));
        grid.AddRow("source", PlainText.Escape(plugin.Source));
        grid.AddRow("serves", List(plugin.ExtensionPoints));
        grid.AddRow("may", List(plugin.GrantedPermissions));
        if (plugin.Timings is { } t)
        {
            grid.AddRow("ready in", $"{PlainText.Elapsed(t.Total)} (staging {PlainText.Elapsed(t.Staging)}, verification {PlainText.Elapsed(t.Verification)}, "
                + $"loading {PlainText.Elapsed(t.Loading)}, activation {PlainText.Elapsed(t.Activation)})");
        }

        if (plugin.LastFault is { } fault)
            grid.AddRow("last fault", $"[red]{PlainText.Escape(fault.Code)}[/] {PlainText.Escape(fault.ExceptionType)}: {PlainText.Escape(fault.Message)}");
        if (plugin.Lingering.Count > 0) grid.AddRow("in memory", $"[red]{PlainText.Escape(string.Join(", ", plugin.Lingering))}[/]");
        return new Rows([grid, .. plugin.Findings.Select(static f => new Markup(TroubleList.Line(f)))]);
    }

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? "nothing" : PlainText.Escape(string.Join(", ", names));
}
