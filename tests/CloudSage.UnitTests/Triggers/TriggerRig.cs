using System.Diagnostics.Metrics;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Triggers;
using CloudSage.Plugins.Alerts;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Triggers;

/// <summary>The whole room of triggers, with the test's clock and a broker whose plugins are objects of the test.</summary>
internal sealed class TriggerRig : IDisposable
{
    private readonly Meter _meter = new("test");
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _counts = [];

    public TriggerRig(TriggerOptions? options = null, DateTimeOffset? now = null)
    {
        Time = new FakeTimeProvider(now ?? new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero));
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == _meter) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            lock (_counts) _counts[instrument.Name] = _counts.GetValueOrDefault(instrument.Name) + value;
        });
        _listener.Start();

        var wrapped = Options.Create(options ?? new TriggerOptions());
        var metrics = new TriggerMetrics(_meter);
        var table = new TriggerTable();
        Runner = new PluginRunner(Broker, table, Gate, metrics, wrapped, Time, NullLogger<PluginRunner>.Instance);
        Schedules = new ScheduleTrigger(Runner, Gate, metrics, wrapped, Time, NullLogger<ScheduleTrigger>.Instance);
        var mailboxes = new PluginMailboxes(Runner, Gate, metrics, wrapped, NullLogger<PluginMailboxes>.Instance);
        Bus = new EventBus(new TriggerRoutes(table, Broker, Time), mailboxes, metrics, wrapped, NullLogger<EventBus>.Instance);
        Service = new TriggerService(table, Schedules, Bus, mailboxes, Gate, NullLogger<TriggerService>.Instance);
    }

    public FakeTimeProvider Time { get; }

    public FakeBroker Broker { get; } = new();

    public RunGate Gate { get; } = new();

    public PluginRunner Runner { get; }

    public ScheduleTrigger Schedules { get; }

    public EventBus Bus { get; }

    public TriggerService Service { get; }

    public static PluginTriggers Active(string plugin, params ManifestTrigger[] triggers) => new(plugin, triggers);

    public static ManifestTrigger Schedule(string cron, string? zone = null, string? command = null)
        => new() { Schedule = cron, TimeZone = zone, Command = command };

    public static Alert Alert(AlertType type = AlertType.CostSpikeDetected, string? plugin = null) => new()
    {
        AlertId = "a1",
        Type = type,
        Severity = AlertSeverity.Warning,
        DedupKey = "k",
        Title = "Costs rose",
        OccurredAt = new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero),
        Plugin = plugin,
    };

    public long Counted(string instrument)
    {
        lock (_counts) return _counts.GetValueOrDefault(instrument);
    }

    public void Dispose()
    {
        Schedules.Dispose();
        _listener.Dispose();
        _meter.Dispose();
        Gate.Dispose();
    }
}
