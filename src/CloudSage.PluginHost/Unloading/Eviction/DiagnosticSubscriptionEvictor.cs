using System.Diagnostics;
using System.Reflection;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>Ends the plugin's subscriptions to diagnostic listeners, and to the list of them.</summary>
internal sealed class DiagnosticSubscriptionEvictor(RuntimeShapes shapes) : IEvictor
{
    private const string Library = "System.Diagnostics.DiagnosticSource";
    private const string Listener = "System.Diagnostics.DiagnosticListener";

    private static readonly string[] Callbacks = ["Observer", "IsEnabled1Arg", "IsEnabled3Arg", "OnActivityImport", "OnActivityExport"];

    public string Cause => "diagnostic subscriptions";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin) => OfListeners(plugin) + OfTheList(plugin);

    private int OfListeners(PluginOwnership plugin)
    {
        var type = typeof(DiagnosticListener);
        if (shapes.Field(type, "s_allListeners") is not { } head || shapes.Field(type, "_next") is not { } next
            || shapes.Field(type, "_subscriptions") is not { } subscriptions
            || shapes.Type(Library, Listener + "+DiagnosticSubscription") is not { } subscription) return 0;

        var removed = 0;
        for (var listener = head.GetValue(null); listener is not null; listener = next.GetValue(listener))
        {
            // A subscription is taken out by replacing the list, so walking on from one that is out is safe.
            for (var each = subscriptions.GetValue(listener); each is not null; each = shapes.Field(subscription, "Next")?.GetValue(each))
            {
                if (!Array.Exists(Callbacks, c => plugin.Owns(shapes.Field(subscription, c)?.GetValue(each)))) continue;
                ((IDisposable)each).Dispose();
                removed++;
            }
        }

        return removed;
    }

    private int OfTheList(PluginOwnership plugin)
    {
        var list = shapes.Type(Library, Listener + "+AllListenerObservable");
        var subscription = shapes.Type(Library, Listener + "+AllListenerObservable+AllListenerSubscription");
        if (shapes.Field(typeof(DiagnosticListener), "s_allListenerObservable")?.GetValue(null) is not { } observable
            || shapes.Field(subscription, "Subscriber") is not { } subscriber || shapes.Method(list, "Remove") is not { } remove) return 0;

        var removed = 0;
        for (var each = shapes.Field(list, "_subscriptions")?.GetValue(observable); each is not null; each = shapes.Field(subscription, "Next")?.GetValue(each))
        {
            if (!plugin.Owns(subscriber.GetValue(each))) continue;
            // Its Dispose would tell the observer that all is over: code of a plugin that has stopped.
            remove.Invoke(observable, BindingFlags.DoNotWrapExceptions, null, [each], null);
            removed++;
        }

        return removed;
    }
}
