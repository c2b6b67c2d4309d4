using System.Diagnostics.Metrics;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Withdraws the plugin's instruments: observable ones, whose callback is its code, those that measure in a type of its own, and
/// those with tags of its own. Their meter may be shared with others and is left; listeners are told as if it had been disposed.
/// </summary>
internal sealed class InstrumentEvictor(RuntimeShapes shapes) : IEvictor
{
    public string Cause => "metric instruments";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        if (MeterTable.Of(shapes) is not { } table) return 0;
        var owned = new List<Instrument>();
        Meter[] all;
        lock (table.Gate)
        {
            all = [.. table.Meters];
            foreach (var list in all.Select(table.InstrumentsOf))
            {
                owned.AddRange(list.Where(i => Owns(plugin, i)));
                list.RemoveAll(owned.Contains);
            }
        }

        table.Withdraw(owned);
        if (owned.Count > 0) Array.ForEach(all, m => Forget(m, owned));
        return owned.Count;
    }

    /// <summary>A meter remembers its instruments by name, to give out the same again.</summary>
    private void Forget(Meter meter, List<Instrument> owned)
    {
        if (shapes.Field(typeof(Meter), "_nonObservableInstrumentsCache")?.GetValue(meter) is not Dictionary<string, List<Instrument>> named) return;
        List<Instrument>[] lists;
        lock (named) lists = [.. named.Values];
        foreach (var list in lists)
        {
            lock (list) list.RemoveAll(owned.Contains);
        }
    }

    private bool Owns(PluginOwnership plugin, Instrument instrument)
    {
        var type = instrument.GetType();
        if (plugin.Owns(type) || plugin.OwnsTagOf(instrument.Tags)) return true;
        if (!instrument.IsObservable || !type.IsGenericType || type.Assembly != typeof(Instrument).Assembly) return false;
        return plugin.Owns(shapes.Field(type, "_callback")?.GetValue(instrument));
    }
}
