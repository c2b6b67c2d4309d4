using CloudSage.PluginHost;
using CloudSage.PluginHost.Hosting;
using CloudSage.Terminal;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CloudSage.Cli.Rendering;

/// <summary>The plugins of a folder as files tell them: what is registered, what it may do, what is decided, what was found.</summary>
internal static class InventoryTable
{
    public static IRenderable Of(PluginInventory inventory)
    {
        var findings = inventory.Findings.Select(static f => Line(null, f)).Concat(inventory.Plugins.SelectMany(static p => p.Findings.Select(f => Line(p.Name, f))));
        return new Rows([new Rule("[bold]Plugins[/]").LeftJustified(), inventory.Plugins.Count == 0 ? new Markup("None.") : Table(inventory.Plugins), .. findings, Text.Empty]);
    }

    /// <summary>A finding as one line.</summary>
    public static IRenderable Line(string? plugin, Finding finding)
    {
        var color = finding.Severity switch { FindingSeverity.Error => "red", FindingSeverity.Warning => "yellow", _ => "grey" };
        return new Markup($"{(plugin is null ? string.Empty : $"{PlainText.Escape(plugin)}: ")}[{color}]{finding.Severity.ToString().ToLowerInvariant()}[/] {PlainText.Escape(finding.ToString())}");
    }

    /// <summary>How a plugin stands to the lock file, for people.</summary>
    public static string Standing(LockStanding standing) => standing switch
    {
        LockStanding.Registered => "[green]registered[/]",
        LockStanding.NotRegistered => "[yellow]not registered[/]",
        LockStanding.Drifted => "[red]differs[/]",
        LockStanding.Missing => "[red]missing[/]",
        LockStanding.NoLock => "no lock file",
        _ => "[yellow]unknown[/]",
    };

    /// <summary>What the operator decided, and whether another of the name is used, for people.</summary>
    public static string Decision(InventoryEntry plugin)
        => plugin.ShadowedBy is not null ? "[yellow]not used[/]" : plugin.Quarantine is not null ? "[red]quarantined[/]" : plugin.IsDisabled ? "[yellow]disabled[/]" : "-";

    private static Table Table(IReadOnlyList<InventoryEntry> plugins)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn(new TableColumn("Plugin").NoWrap()).AddColumn("Version").AddColumn("Type").AddColumn("Lock file").AddColumn("State").AddColumn("Granted").AddColumn("Not granted");
        foreach (var plugin in plugins)
        {
            table.AddRow(
                PlainText.Escape(plugin.Name), PlainText.Escape(plugin.Version), PlainText.Escape(plugin.Type), Standing(plugin.Standing), Decision(plugin),
                Names(plugin.Locked?.Grants ?? []), Names(plugin.NotGranted));
        }

        return table;
    }

    private static string Names(IReadOnlyList<string> names) => names.Count == 0 ? "-" : PlainText.Escape(string.Join(", ", names));
}
