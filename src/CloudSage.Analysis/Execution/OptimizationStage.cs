using CloudSage.Analysis.Boundary;
using CloudSage.Analysis.Inventory;
using CloudSage.Analysis.Runs;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Brokering;
using CloudSage.Plugins.Optimization;
using CloudSage.Plugins.Resources;
using Microsoft.Extensions.Options;

namespace CloudSage.Analysis.Execution;

/// <summary>Gathers the resources that the inventory and the scanners know, and asks every optimiser about them.</summary>
internal sealed class OptimizationStage(IExtensionBroker broker, IOptions<AnalysisOptions> options)
{
    public async Task RunAsync(AnalysisRun run, CancellationToken cancellationToken)
    {
        var optimisers = broker.Providers<IOptimizationEngine>();
        if (optimisers.Count == 0) return;

        var request = new OptimizationRequest
        {
            RunId = run.Id,
            AnalysisId = run.Id,
            Resources = await ResourcesAsync(run, cancellationToken),
            Parameters = run.Request.Parameters,
        };
        foreach (var optimiser in optimisers) await AskAsync(run, optimiser.Plugin, request, cancellationToken);
    }

    private async Task AskAsync(AnalysisRun run, string plugin, OptimizationRequest request, CancellationToken cancellationToken)
    {
        var stream = broker.Stream<IOptimizationEngine, OptimizationRequest, OptimizationRecommendation>(
            plugin, request, static (engine, request, token) => engine.OptimizeAsync(request, token).EachAsync(static r => r.Detached()));
        var left = options.Value.MaxRecommendations;
        await StreamIntake.ReadAsync(stream, run, "optimize", Take, cancellationToken);

        bool Take(OptimizationRecommendation recommendation)
        {
            if (--left >= 0) return run.Recommendations.TryPut(recommendation with { Source = plugin });
            run.Findings.TryAdd(TooMany(plugin, options.Value.MaxRecommendations, "recommendations", nameof(AnalysisOptions.MaxRecommendations)));
            return false;
        }
    }

    private async Task<IReadOnlyList<CloudResource>> ResourcesAsync(AnalysisRun run, CancellationToken cancellationToken)
    {
        // A scanner sees the cloud as it is now: what it says of a resource replaces what the inventory says.
        Dictionary<string, CloudResource> resources = new(StringComparer.Ordinal);
        foreach (var resource in await InventoryAsync(run, cancellationToken)) resources[resource.ResourceId] = resource;

        var max = options.Value.MaxResources;
        foreach (var scanner in broker.Providers<IResourceScanner>())
        {
            var stream = broker.Stream<IResourceScanner, ResourceScanRequest, CloudResource>(
                scanner.Plugin,
                new ResourceScanRequest { ScanId = run.Id },
                static (scanner, request, token) => scanner.ScanAsync(request, token).EachAsync(static r => r.Detached()));
            var left = max;
            await StreamIntake.ReadAsync(stream, run, "scan", Take, cancellationToken);

            bool Take(CloudResource resource)
            {
                if (--left < 0 || (resources.Count >= max && !resources.ContainsKey(resource.ResourceId)))
                {
                    run.Findings.TryAdd(TooMany(scanner.Plugin, max, "resources", nameof(AnalysisOptions.MaxResources)));
                    return false;
                }

                resources[resource.ResourceId] = resource;
                return true;
            }
        }

        return [.. resources.Values];
    }

    private async Task<IEnumerable<CloudResource>> InventoryAsync(AnalysisRun run, CancellationToken cancellationToken)
    {
        if (options.Value.Inventory is not { } path) return [];
        var (entries, findings) = await InventoryFile.ReadAsync(path, options.Value.MaxResources, cancellationToken);
        foreach (var finding in findings) run.Findings.TryAdd(finding);
        return entries.Select(static entry => entry.Resource);
    }

    private static Finding TooMany(string plugin, int max, string what, string option) => Finding.Warning(
        AnalysisCodes.LimitReached,
        $"{plugin} sent more than {max} {what}; the rest was dropped.",
        $"Raise {option} in the analysis options, or mend the plugin.");
}
