using CloudSage.Analysis;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Worker.Output;
using CloudSage.Plugins.Adapters;
using CloudSage.Terminal;
using CloudSage.Terminal.Plugins;
using CloudSage.Terminal.Reports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Worker;

/// <summary>Once the plugins are active: shows them, analyses the bills, and tells the newcomer what to try.</summary>
internal sealed class FirstAnalysis(
    IPluginHost host, ICostAnalyzer analyzer, TerminalOutput output, IOptions<WorkerOptions> options, IOptions<Hosting.PluginHostOptions> hosting,
    IHostApplicationLifetime lifetime, ILogger<FirstAnalysis> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Ctrl-C during the analysis: nothing is left to show.
        }
        catch (Exception e)
        {
            // The first analysis is a look at what the plugins do; without it the host serves all the same.
            logger.FirstAnalysisFailed(e);
            Environment.ExitCode = 1;
            if (options.Value.Once) lifetime.StopApplication();
        }
    }

    private async Task RunAsync(CancellationToken stoppingToken)
    {
        await host.SynchronizeAsync(stoppingToken);
        output.Write(PluginTable.Of(host.Plugins));

        var bills = options.Value.Bills.Where(File.Exists).ToList();
        if (bills.Count > 0)
        {
            var request = new CostAnalysisRequest { Sources = [.. bills.Select(static b => new CostSource(Path.GetFileName(b), Path.GetFullPath(b)))] };
            output.Write(ReportView.Of(await analyzer.AnalyzeAsync(request, null, stoppingToken)));
        }

        if (options.Value.Once) lifetime.StopApplication();
        else output.Write(NextSteps.For(host.Plugins, hosting.Value.Discovery.Directories[0], IsLocked(), bills));
    }

    /// <summary>Whether only what is registered gets in, so that whoever edits a plugin where it lies gets it refused.</summary>
    private bool IsLocked() => hosting.Value.Registration is var registration && registration.IsStrict()
        && (registration.RequireLock || File.Exists(Path.Combine(hosting.Value.Discovery.Directories[0], PluginLock.FileName)));
}
