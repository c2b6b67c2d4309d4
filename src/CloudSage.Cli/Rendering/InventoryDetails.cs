using System.Globalization;
using CloudSage.PluginHost.Hosting;
using CloudSage.Terminal;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CloudSage.Cli.Rendering;

/// <summary>Everything that files tell of one plugin.</summary>
internal static class InventoryDetails
{
    public static IRenderable Of(InventoryEntry plugin)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        grid.AddRow("name", $"[bold]{PlainText.Escape(plugin.Name)}[/]");
        grid.AddRow("version", PlainText.Escape(plugin.Version));
        grid.AddRow("type", PlainText.Escape(plugin.Type));
        grid.AddRow("lock file", InventoryTable.Standing(plugin.Standing));
        grid.AddRow("state", InventoryTable.Decision(plugin) + Why(plugin.Quarantine));
        grid.AddRow("source", PlainText.Escape(plugin.Source));
        if (plugin.ShadowedBy is { } other) grid.AddRow("used instead", PlainText.Escape(other));
        grid.AddRow("content", PlainText.Escape(plugin.Hash));
        if (plugin.Locked is { } locked)
        {
            if (locked.Hash != plugin.Hash) grid.AddRow("registered", PlainText.Escape($"{locked.Version} {locked.Hash}"));
            grid.AddRow("origin", PlainText.Escape(locked.Origin ?? "a file or folder"));
            if (locked.Source is { } source) grid.AddRow("fetched from", PlainText.Escape(source));
            if (locked.Range is { } range) grid.AddRow("updates to", PlainText.Escape(range));
            grid.AddRow("signed by", PlainText.Escape(locked.Signer ?? "nobody"));
        }

        if (plugin.Dependencies.Count > 0) grid.AddRow("needs", PlainText.Escape(string.Join(", ", plugin.Dependencies)));
        return new Rows([grid, .. Permissions(plugin), .. plugin.Findings.Select(static f => InventoryTable.Line(null, f))]);
    }

    private static IEnumerable<IRenderable> Permissions(InventoryEntry plugin)
    {
        string[] unasked = [.. (plugin.Locked?.Grants ?? []).Except(plugin.Permissions.Select(static p => p.Name), StringComparer.Ordinal)];
        if (plugin.Permissions.Count == 0 && unasked.Length == 0) yield break;
        var table = new Table().Border(TableBorder.Simple).AddColumn("Permission").AddColumn("Reason").AddColumn("Granted");
        foreach (var permission in plugin.Permissions)
            table.AddRow(PlainText.Escape(permission.Name), PlainText.Escape(permission.Reason ?? "-"), plugin.NotGranted.Contains(permission.Name) ? "[yellow]no[/]" : "[green]yes[/]");
        foreach (var name in unasked) table.AddRow(PlainText.Escape(name), "not asked for", "[green]yes[/]");
        yield return table;
    }

    private static string Why(PluginQuarantine? quarantine) => quarantine is null ? string.Empty
        : PlainText.Escape(string.Create(CultureInfo.InvariantCulture, $" since {quarantine.At:u}, version {quarantine.Version}: {quarantine.Reason}"));
}
