using System.Diagnostics.Metrics;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Withdraws meters that are the plugin's beyond doubt, with all their instruments: those of a type of its own, with a scope of its own,
/// such as its container's meter factory, or with tags of its own. Listeners are told as if they had been disposed.
/// </summary>
internal sealed class MeterEvictor(RuntimeShapes shapes) : IEvictor
{
    public string Cause => "meters";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        if (MeterTable.Of(shapes) is not { } table) return 0;
        List<Meter> owned;
        var withdrawn = new List<Instrument>();
        lock (table.Gate)
        {
            owned = table.Meters.FindAll(m => plugin.Owns(m.GetType()) || plugin.Owns(m.Scope) || plugin.OwnsTagOf(m.Tags));
            table.Meters.RemoveAll(owned.Contains);
            foreach (var list in owned.Select(table.InstrumentsOf))
            {
                withdrawn.AddRange(list);
                list.Clear();
            }
        }

        table.Withdraw(withdrawn);
        return owned.Count;
    }
}
