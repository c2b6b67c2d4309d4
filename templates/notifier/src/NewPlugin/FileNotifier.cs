using System.Collections.Concurrent;
using CloudSage.Plugins;
using CloudSage.Plugins.Alerts;

namespace NewPlugin;

/// <summary>Writes alerts to a file in the plugin's data folder, one line each.</summary>
public sealed class FileNotifier(PluginContext context, TimeProvider clock) : IAlertHandler, IDisposable
{
    private const string Channel = "file";

    private readonly AlertSeverity _minimum = Enum.Parse<AlertSeverity>(context.Settings.Get("minimum_severity", nameof(AlertSeverity.Warning)), ignoreCase: true);
    private readonly ConcurrentDictionary<string, bool> _written = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _oneAtATime = new(1);

    public async ValueTask<AlertDelivery> HandleAsync(Alert alert, CancellationToken cancellationToken)
    {
        // The host tries again what failed, so the same alert may come twice.
        if (alert.Severity < _minimum || _written.ContainsKey(alert.DedupKey)) return Delivery(alert, AlertDeliveryStatus.Skipped);

        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            Directory.CreateDirectory(context.DataDirectory);
            await File.AppendAllTextAsync(
                Path.Combine(context.DataDirectory, "alerts.log"), $"{alert.OccurredAt:O} {alert.Severity} {alert.Title}\n", cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }

        _written[alert.DedupKey] = true;
        return Delivery(alert, AlertDeliveryStatus.Delivered);
    }

    public void Dispose() => _oneAtATime.Dispose();

    private AlertDelivery Delivery(Alert alert, AlertDeliveryStatus status)
        => new() { AlertId = alert.AlertId, Channel = Channel, Status = status, SentAt = clock.GetUtcNow() };
}
