using CloudSage.Plugins;
using CloudSage.Plugins.Alerts;

namespace NewPlugin;

/// <summary>Writes alerts to a file in the plugin's data folder, one line each.</summary>
public sealed class FileNotifier(PluginContext context, TimeProvider clock) : IAlertHandler, IDisposable
{
    private const string Channel = "file";

    private readonly AlertSeverity _minimum = Enum.Parse<AlertSeverity>(context.Settings.Get("minimum_severity", nameof(AlertSeverity.Warning)), ignoreCase: true);
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _oneAtATime = new(1);

    public async ValueTask<AlertDelivery> HandleAsync(Alert alert, CancellationToken cancellationToken)
    {
        if (alert.Severity < _minimum) return Delivery(alert, AlertDeliveryStatus.Skipped);

        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            // The host tries again what failed, and several callers may tell of one thing at once.
            if (_written.Contains(alert.DedupKey)) return Delivery(alert, AlertDeliveryStatus.Skipped);
            Directory.CreateDirectory(context.DataDirectory);
            await File.AppendAllTextAsync(
                Path.Combine(context.DataDirectory, "alerts.log"), $"{alert.OccurredAt:O} {alert.Severity} {OnOneLine(alert.Title)}\n", cancellationToken);
            _written.Add(alert.DedupKey);
            return Delivery(alert, AlertDeliveryStatus.Delivered);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    /// <summary>Titles come from whoever raised the alert: none may look like a line of its own, or steer a terminal.</summary>
    private static string OnOneLine(string text) => string.Concat(text.Select(static c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));

    private AlertDelivery Delivery(Alert alert, AlertDeliveryStatus status)
        => new() { AlertId = alert.AlertId, Channel = Channel, Status = status, SentAt = clock.GetUtcNow() };
}
