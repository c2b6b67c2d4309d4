using CloudSage.PluginHost;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Registration;
using CloudSage.Terminal;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CloudSage.Cli.Rendering;

/// <summary>What was registered, and what it may do.</summary>
internal static class RegistrationView
{
    public static IRenderable Of(PluginManifest manifest, LockedPlugin locked, IReadOnlyList<Finding> findings)
    {
        var lines = new List<IRenderable> { new Markup($"[bold]{PlainText.Escape(manifest.Name)} {PlainText.Escape(locked.Version)}[/] is registered ({locked.Hash[..12]}).") };
        if (manifest.Permissions.Count > 0) lines.Add(Permissions(manifest.Permissions, locked.Grants));
        if (manifest.Permissions.Any(p => !locked.Grants.Contains(p.Name)))
            lines.Add(new Text($"What is not granted is denied when the plugin uses it; what its code does by itself, such as reading files, keeps it out of a strict host. Grant it with: csg plugins grant {manifest.Name} PERMISSION"));
        lines.AddRange(findings.Select(static f => new Text(PlainText.Line(f.ToString()))));
        return new Rows(lines);
    }

    /// <summary>What it asks for before anything is granted.</summary>
    public static IRenderable Asked(PluginManifest manifest, IEnumerable<ManifestPermission> asked)
        => new Rows(new Markup($"[bold]{PlainText.Escape(manifest.Name)} {PlainText.Escape(manifest.Version)}[/] asks for:"), Permissions(asked, null));

    private static Table Permissions(IEnumerable<ManifestPermission> permissions, IReadOnlyList<string>? grants)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("Permission").AddColumn("Reason");
        if (grants is not null) table.AddColumn("Granted");
        foreach (var permission in permissions)
        {
            string[] cells = [PlainText.Escape(permission.Name), PlainText.Escape(permission.Reason ?? "-")];
            table.AddRow(grants is null ? cells : [.. cells, grants.Contains(permission.Name) ? "[green]yes[/]" : "[yellow]no[/]"]);
        }

        return table;
    }
}
