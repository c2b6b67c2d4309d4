using CloudSage.PluginHost.Runner.Child;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Runner.Admission;

/// <summary>Starts the scanner with the host, beside what else starts.</summary>
internal sealed class ScannerWarmUp(WarmScanner scanner, IOptions<PluginScanOptions> options) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _start = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.WarmUp) _start = scanner.WarmUpAsync(_stop.Token);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        // Whatever became of it was said to the first plugin.
        await _start.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();
}
