using CloudSage.PluginHost.Triggers;
using CloudSage.Terminal;
using Spectre.Console.Rendering;
using Spectre.Console;

namespace CloudSage.Cli.Rendering;

/// <summary>What came of a run, for people.</summary>
internal static class RunView
{
    public static IRenderable Of(PluginRunResult run)
    {
        var color = run.Succeeded ? "green" : "red";
        List<IRenderable> lines =
        [
            new Markup($"{PlainText.Escape(run.Plugin)} {PlainText.Escape(run.Version)} {PlainText.Escape(run.Command)}: "
                + $"[{color}]{run.Status}[/] in {PlainText.Elapsed(run.EndedAt - run.StartedAt)}"),
        ];
        if (run.Message is { } message) lines.Add(new Markup(PlainText.Escape(message)));
        lines.AddRange(run.Output.Select(static o => new Markup($"  {PlainText.Escape(o.Key)}: {PlainText.Escape(o.Value)}")));
        if (run.Finding is { } finding) lines.Add(new Markup(PlainText.Escape(finding.ToString())));
        if (run.Fault is { } fault) lines.Add(new Markup(PlainText.Escape($"{fault.Code}: {fault.ExceptionType}: {fault.Message}")));
        return new Rows(lines);
    }
}
