using CloudSage.PluginHost.Brokering;
using CloudSage.Plugins.Resources;

namespace CloudSage.PluginHost.Triggers;

/// <summary>Lets a resource scanner scan, and counts what it finds.</summary>
internal sealed class ScannerStep : IRunStep
{
    public bool AppliesTo(PluginRun run, IExtensionBroker broker) => broker.Serves<IResourceScanner>(run.Plugin);

    public Task<RunStepOutcome> RunAsync(PluginRun run, IExtensionBroker broker, CallOptions options, CancellationToken cancellationToken)
    {
        var request = new ResourceScanRequest { ScanId = run.Request.ExecutionId };
        return broker.Stream<IResourceScanner, ResourceScanRequest, CloudResource>(
            run.Plugin, request, static (scanner, scan, token) => scanner.ScanAsync(scan, token), options).CountAsync("resources", cancellationToken);
    }
}
