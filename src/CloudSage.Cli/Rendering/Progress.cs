using System.Globalization;
using CloudSage.Analysis;
using CloudSage.Terminal;
using Spectre.Console;

namespace CloudSage.Cli.Rendering;

/// <summary>Shows on a terminal how far the work is. Elsewhere it says nothing.</summary>
internal sealed class Progress(StatusContext status) : IProgress<CostAnalysisProgress>
{
    public static Task<T> WhileAsync<T>(TerminalOutput error, string what, Func<IProgress<CostAnalysisProgress>?, Task<T>> work)
        => error.IsTerminal
            ? error.Live.Status().StartAsync(what, status => work(new Progress(status)))
            : work(null);

    public void Report(CostAnalysisProgress value) => status.Status(value.Stage switch
    {
        AnalysisStage.Reading => string.Create(
            CultureInfo.InvariantCulture,
            $"reading {Markup.Escape(value.Source ?? "-")} ({value.SourceNumber} of {value.SourceCount}): {value.Rows:N0} records"),
        AnalysisStage.Optimizing => "asking optimisers",
        AnalysisStage.Notifying => "telling alert handlers",
        AnalysisStage.Exporting => "exporting",
        _ => "done",
    });
}
