using CloudSage.PluginHost.Triggers;
using CloudSage.Plugins.Alerts;

namespace CloudSage.UnitTests.Analysis;

/// <summary>A bus that keeps what is published, and answers as the test says.</summary>
internal sealed class RecordingBus : IEventBus
{
    public List<Alert> Alerts { get; } = [];

    public bool HasRoom { get; set; } = true;

    public long Overflowed => 0;

    public bool Publish(SystemEvent message) => HasRoom;

    public List<AlertAudience> Audiences { get; } = [];

    public bool Publish(Alert alert, AlertAudience audience = AlertAudience.Everyone)
    {
        Alerts.Add(alert);
        Audiences.Add(audience);
        return HasRoom;
    }

    public IEventSubscription<SystemEvent> SubscribeEvents(string name) => throw new NotSupportedException();

    public IEventSubscription<Alert> SubscribeAlerts(string name) => throw new NotSupportedException();
}
