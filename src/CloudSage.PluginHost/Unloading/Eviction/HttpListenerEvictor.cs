using System.Collections;
using System.Net;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Takes the plugin's code off the HTTP listeners of the process: its waits for a request, and what it chooses authentication by. A
/// listener itself goes on: whose it is cannot be known.
/// </summary>
internal sealed class HttpListenerEvictor(RuntimeShapes shapes, TaskWaiters tasks) : IEvictor
{
    private const string Assembly = "System.Net.HttpListener";

    private static readonly string[] Tables = ["_allPrefixes", "_unhandledPrefixes"];
    private static readonly string[] Selectors = ["_authenticationDelegate", "_extendedProtectionSelectorDelegate"];

    private readonly TypeInitialization _types = new(shapes);

    public string Cause => "HTTP listeners";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin) => Listeners().Sum(l => EvictSelectors(plugin, l) + EvictWaits(plugin, l));

    private int EvictSelectors(PluginOwnership plugin, object listener)
    {
        var removed = 0;
        foreach (var name in Selectors)
        {
            if (shapes.Field(typeof(HttpListener), name) is not { } field || !plugin.Owns(field.GetValue(listener))) continue;
            field.SetValue(listener, null);
            removed++;
        }

        return removed;
    }

    private int EvictWaits(PluginOwnership plugin, object listener)
    {
        if (shapes.Field(typeof(HttpListener), "_asyncWaitQueue")?.GetValue(listener) is not IList waits || shapes.Type(Assembly, "System.Net.ListenerAsyncResult") is not { } wait
            || shapes.Field(wait, "_cb") is not { } callback || shapes.Field(wait, "_state") is not { } state) return 0;
        // The listener's own lock for it.
        lock (waits)
        {
            object[] owned = [.. waits.Cast<object>().Where(w => plugin.Owns(callback.GetValue(w)) || plugin.Owns(state.GetValue(w)))];
            foreach (var each in owned) waits.Remove(each);
            return owned.Length + waits.Cast<object>().Select(w => callback.GetValue(w)).OfType<Delegate>().SelectMany(ClosureTasks.Of).Sum(t => tasks.Cut(plugin, t));
        }
    }

    /// <summary>Those that listen. On Windows the system knows them, not the process.</summary>
    private HashSet<object> Listeners()
    {
        var listeners = new HashSet<object>(ReferenceEqualityComparer.Instance);
        if (OperatingSystem.IsWindows()) return listeners;
        var (points, point, prefix) = (Type("HttpEndPointManager"), Type("HttpEndPointListener"), Type("ListenerPrefix"));
        if (points is null || !_types.HasRun(points) || shapes.Field(points, "s_ipEndPoints")?.GetValue(null) is not IDictionary addresses
            || shapes.Field(point, "_prefixes") is not { } named || shapes.Field(prefix, "_listener") is not { } listener) return listeners;
        // The lock that the table's writers take.
        lock (addresses.SyncRoot)
        {
            foreach (var each in addresses.Values.Cast<IDictionary>().SelectMany(static ports => ports.Values.Cast<object>()))
            {
                if (named.GetValue(each) is IDictionary hosts) listeners.UnionWith(hosts.Values.Cast<object>());
                foreach (var table in Tables)
                    if (shapes.Field(point, table)?.GetValue(each) is IEnumerable prefixes) listeners.UnionWith(prefixes.Cast<object>().Select(listener.GetValue).OfType<object>());
            }
        }

        return listeners;
    }

    private Type? Type(string name) => shapes.Type(Assembly, "System.Net." + name);
}
