using CloudSage.PluginHost.Brokering;
using CloudSage.PluginHost.Manifests;
using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Commands;

namespace CloudSage.PluginHost.Triggers;

/// <summary>Decides which plugins an event or an alert concerns, and what each of them is to run.</summary>
internal sealed class TriggerRoutes(TriggerTable table, IExtensionBroker broker, TimeProvider time)
{
    private const string AnyAlert = "*";

    /// <summary>One run for each plugin and command that a matching trigger names.</summary>
    public IEnumerable<PluginRun> Of(SystemEvent message)
    {
        var trigger = new CommandTrigger(TriggerKind.Event, message.Name);
        foreach (var plugin in table.Active.Values)
            foreach (var command in Commands(plugin.Triggers.Where(t => t.Event == message.Name), message.Attributes))
                yield return Run(plugin.Plugin, command, trigger, message.At, message.Attributes);
    }

    /// <summary>The same for an alert, and one delivery for each alert handler that has no alert triggers.</summary>
    public IEnumerable<PluginRun> Of(Alert alert, AlertAudience audience)
    {
        var handlers = broker.Providers<IAlertHandler>().Select(static p => p.Plugin).ToHashSet(StringComparer.Ordinal);
        var runs = OfTriggersAndHandlers(alert, handlers);
        return audience == AlertAudience.Everyone ? runs : runs.Where(r => !handlers.Contains(r.Plugin));
    }

    private IEnumerable<PluginRun> OfTriggersAndHandlers(Alert alert, IReadOnlyCollection<string> handlers)
    {
        var type = alert.Type.ToString();
        var trigger = new CommandTrigger(TriggerKind.Alert, type);
        var attributes = AlertAttributes.Of(alert);
        foreach (var plugin in table.Active.Values.Where(p => p.Plugin != alert.Plugin))
            foreach (var command in Commands(plugin.Triggers.Where(t => Concerns(t, type)), attributes))
                yield return Run(plugin.Plugin, command, trigger, alert.OccurredAt, attributes) with { Alert = alert };
        foreach (var handler in handlers.Where(p => p != alert.Plugin))
            if (!table.TriggersOf(handler).Any(static t => t.Alert is not null))
                yield return Run(handler, CommandRequest.DefaultCommand, trigger, alert.OccurredAt, attributes) with { Alert = alert, DeliveryOnly = true };
    }

    private static bool Concerns(ManifestTrigger trigger, string type)
        => trigger.Alert == AnyAlert || string.Equals(trigger.Alert, type, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Commands(IEnumerable<ManifestTrigger> triggers, IReadOnlyDictionary<string, string> attributes)
        => triggers.Where(t => t.Filter.All(f => attributes.TryGetValue(f.Key, out var value) && value == f.Value))
            .Select(static t => t.Command ?? CommandRequest.DefaultCommand).Distinct(StringComparer.Ordinal);

    private PluginRun Run(string plugin, string command, CommandTrigger trigger, DateTimeOffset at, IReadOnlyDictionary<string, string> input)
        => new(plugin, new CommandRequest
        {
            ExecutionId = PluginRun.NewExecutionId(time.GetUtcNow()),
            Command = command,
            Trigger = trigger,
            DueAt = at,
            Input = input,
        }) { Accepted = true };
}
