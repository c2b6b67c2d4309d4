using CloudSage.Plugins;
using CloudSage.Plugins.Alerts;

namespace CloudSage.Samples.Console;

/// <summary>Writes alerts to standard error: standard output belongs to whoever runs the host, for results that programs read.</summary>
public sealed class ConsoleNotifier : IAlertHandler
{
    private const string Channel = "console";
    private readonly AlertSeverity _minimum;
    private readonly TimeProvider _clock;
    private readonly TextWriter _output;

    public ConsoleNotifier(PluginContext context, TimeProvider clock)
        : this(context, clock, System.Console.Error) { }

    internal ConsoleNotifier(PluginContext context, TimeProvider clock, TextWriter output)
    {
        var minimum = context.Settings.Get("min_severity", nameof(AlertSeverity.Info));
        if (!Enum.TryParse(minimum, ignoreCase: true, out _minimum) || !Enum.IsDefined(_minimum))
            throw new FormatException($"Setting 'min_severity' is '{minimum}', but must be one of {string.Join(", ", Enum.GetNames<AlertSeverity>())}.");
        _clock = clock;
        _output = output;
    }

    public async ValueTask<AlertDelivery> HandleAsync(Alert alert, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (alert.Severity < _minimum)
            return new AlertDelivery { AlertId = alert.AlertId, Channel = Channel, Status = AlertDeliveryStatus.Skipped };

        await _output.WriteLineAsync(AlertLine.Of(alert).AsMemory(), cancellationToken);
        return new AlertDelivery { AlertId = alert.AlertId, Channel = Channel, Status = AlertDeliveryStatus.Delivered, SentAt = _clock.GetUtcNow() };
    }
}
