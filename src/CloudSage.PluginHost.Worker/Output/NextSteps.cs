using Spectre.Console;
using Spectre.Console.Rendering;

namespace CloudSage.PluginHost.Worker.Output;

/// <summary>What to try next, in commands that work as they are printed.</summary>
internal static class NextSteps
{
    private const string Sample = "console-notifier";

    public static IRenderable For(IReadOnlyList<PluginStatus> plugins, string directory, IReadOnlyList<string> bills)
    {
        var folder = Path.GetRelativePath(Directory.GetCurrentDirectory(), directory);
        List<string> lines = [$"[bold]Watching {Markup.Escape(folder)}.[/] Change it and see; Ctrl-C ends."];
        if (plugins.Any(static p => p.Name == Sample))
        {
            lines.Add("From another terminal, in this directory:");
            lines.Add(string.Empty);
            foreach (var (what, command) in Steps(folder)) lines.Add($"  {what,-14} [teal]{Markup.Escape(command)}[/]");
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

    private static (string What, string Command)[] Steps(string folder)
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
}
