using System.Collections;
using System.Net.NetworkInformation;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>Takes the plugin's handlers out of the events of network changes, which are kept in dictionaries of their own.</summary>
internal sealed class NetworkEventEvictor(RuntimeShapes shapes) : IEvictor
{
    private const string Library = "System.Net.NetworkInformation";
    private const string Changes = "System.Net.NetworkInformation.NetworkChange";

    public string Cause => "handlers of network changes";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        var removed = 0;
        foreach (var handler in Owned(plugin, "AddressChangeListener", "s_addressChangedSubscribers", "s_callerArray"))
        {
            NetworkChange.NetworkAddressChanged -= (NetworkAddressChangedEventHandler)handler;
            removed++;
        }

        foreach (var handler in Owned(plugin, "AvailabilityChangeListener", "s_availabilityChangedSubscribers", "s_availabilityCallerArray"))
        {
            NetworkChange.NetworkAvailabilityChanged -= (NetworkAvailabilityChangedEventHandler)handler;
            removed++;
        }

        return removed;
    }

    private Delegate[] Owned(PluginOwnership plugin, string windows, params ReadOnlySpan<string> names)
    {
        var type = shapes.Type(Library, OperatingSystem.IsWindows() ? $"{Changes}+{windows}" : Changes);
        if (shapes.Field(type, names)?.GetValue(null) is not IDictionary subscribers) return [];
        // Elsewhere than on Windows all changes are under this one lock; there a change in between is an exception, and a finding.
        var gate = OperatingSystem.IsWindows() ? null : shapes.Field(type, "s_gate", "s_lockObj")?.GetValue(null);
        lock (gate ?? subscribers)
            return [.. subscribers.Keys.Cast<Delegate>().Where(plugin.Owns)];
    }
}
