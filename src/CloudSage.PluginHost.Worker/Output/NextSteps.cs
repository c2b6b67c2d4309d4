using Spectre.Console;
using Spectre.Console.Rendering;

namespace CloudSage.PluginHost.Worker.Output;

/// <summary>What to try next, in commands that work as they are printed.</summary>
internal static class NextSteps
{
    private const string Sample = "console-notifier";

    public static IRenderable For(IReadOnlyList<PluginStatus> plugins, string directory, bool isLocked, IReadOnlyList<string> bills)
    {
        var folder = Path.GetRelativePath(Directory.GetCurrentDirectory(), directory);
        List<string> lines = [$"[bold]Watching {Markup.Escape(folder)}.[/] Change it and see; Ctrl-C ends."];
        if (plugins.Any(static p => p.Name == Sample))
        {
            lines.Add("From another terminal, in this directory:");
            lines.Add(string.Empty);
            foreach (var (what, command) in isLocked ? Registered(folder) : Dropped(folder)) lines.Add($"  {what,-14} [teal]{Markup.Escape(command)}[/]");
        }

        if (bills.Count > 0)
        {
            lines.Add(string.Empty);
            lines.Add($"  {"analyse",-14} [teal]{Markup.Escape($"dotnet run --project src/CloudSage.Cli -- analyze {bills[0]}")}[/]");
        }

        return new Rows([
            new Rule("[bold]What to try next[/]").LeftJustified(),
            .. lines.Select(static line => line.Length == 0 ? Text.Empty : (IRenderable)new Markup(line)),
            Text.Empty,
        ]);
    }

    /// <summary>Where the folder is the truth.</summary>
    private static (string What, string Command)[] Dropped(string folder)
    {
        var plugin = Path.Combine(folder, Sample);
        return OperatingSystem.IsWindows()
            ?
            [
                ("upgrade it", $"(Get-Content {plugin}\\manifest.yaml) -replace '^version: .*', 'version: 1.1.0' | Set-Content {plugin}\\manifest.yaml"),
                ("take it out", $"Move-Item {plugin} {Sample}"),
                ("put it back", $"Copy-Item -Recurse {Sample} {plugin}"),
                ("delete it", $"Remove-Item -Recurse {plugin}, {Sample}"),
            ]
            :
            [
                ("upgrade it", $"sed -i.bak 's/^version: .*/version: 1.1.0/' {plugin}/manifest.yaml"),
                ("take it out", $"mv {plugin} {Sample}"),
                ("put it back", $"cp -r {Sample} {plugin}"),
                ("delete it", $"rm -r {plugin} {Sample}"),
            ];
    }

    /// <summary>Where the lock file is: what is put in place goes by a copy, and by csg.</summary>
    private static (string What, string Command)[] Registered(string folder)
    {
        var plugin = Path.Combine(folder, Sample);
        var at = folder == "plugins" ? string.Empty : $" --plugins {folder}";
        var (register, unregister) = ($"csg plugins register {Sample} --yes{at}", $"csg plugins unregister {Sample}{at}");
        return OperatingSystem.IsWindows()
            ?
            [
                ("copy it", $"Copy-Item -Recurse {plugin} {Sample}"),
                ("change it", $"(Get-Content {Sample}\\manifest.yaml) -replace '^version: .*', 'version: 1.1.0' | Set-Content {Sample}\\manifest.yaml"),
                ("upgrade it", register),
                ("take it out", unregister),
                ("put it back", register),
                ("delete it", $"{unregister}; Remove-Item -Recurse {Sample}"),
            ]
            :
            [
                ("copy it", $"cp -r {plugin} {Sample}"),
                ("change it", $"sed -i.bak 's/^version: .*/version: 1.1.0/' {Sample}/manifest.yaml"),
                ("upgrade it", register),
                ("take it out", unregister),
                ("put it back", register),
                ("delete it", $"{unregister}; rm -r {Sample}"),
            ];
    }
}
