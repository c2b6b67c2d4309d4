using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using CloudSage.Benchmarks.Plugins;

namespace CloudSage.Benchmarks.Dispatch;

/// <summary>Calls, fan-out and streams by BenchmarkDotNet, then calls of two callers at once.</summary>
internal static class DispatchBenchmarks
{
    public static async Task RunAsync(bool quick, TextWriter output)
    {
        using var artifacts = new WorkFolder();
        var config = Configure(quick, artifacts.Path);
        foreach (var benchmark in (Type[])[typeof(CallBenchmarks), typeof(FanOutBenchmarks), typeof(StreamBenchmarks)])
        {
            var summary = BenchmarkRunner.Run(benchmark, config);
            if (summary.HasCriticalValidationErrors || summary.Reports.Any(static r => !r.Success))
                throw new InvalidOperationException($"{benchmark.Name} failed; run it under a debugger.");
            await output.WriteLineAsync($"\n### {benchmark.Name}");
            MarkdownExporter.Console.ExportToLog(summary, new TextLogger(output));
        }

        await TwoCallers.RunAsync(quick, output);
        await CallPieces.RunAsync(quick, output);
    }

    /// <summary>In this process: the plugins' contexts must be the ones that the engine made.</summary>
    private static ManualConfig Configure(bool quick, string artifacts) => ManualConfig.CreateEmpty()
        .AddJob((quick ? Job.ShortRun : Job.Default).WithToolchain(InProcessEmitToolchain.Instance))
        .AddColumnProvider(DefaultColumnProviders.Descriptor, DefaultColumnProviders.Statistics, DefaultColumnProviders.Metrics)
        .AddColumn(BaselineRatioColumn.RatioMean)
        .AddLogger(NullLogger.Instance)
        .WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(40))
        .WithArtifactsPath(artifacts);

    private sealed class TextLogger(TextWriter output) : ILogger
    {
        public string Id => nameof(TextLogger);

        public int Priority => 0;

        public void Write(LogKind logKind, string text) => output.Write(text);

        public void WriteLine() => output.WriteLine();

        public void WriteLine(LogKind logKind, string text) => output.WriteLine(text);

        public void Flush() => output.Flush();
    }
}
