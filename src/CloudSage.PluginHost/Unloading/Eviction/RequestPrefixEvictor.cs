using System.Collections;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>Makers of web requests that the plugin registered for a prefix. The list is replaced, never changed, for readers take no lock; its writer takes its type's.</summary>
internal sealed class RequestPrefixEvictor(RuntimeShapes shapes) : IEvictor
{
    public string Cause => "web request prefixes";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        var requests = shapes.Type("System.Net.Requests", "System.Net.WebRequest");
        var field = shapes.Field(requests, "s_prefixList");
        if (field is null || shapes.Field(requests, "s_internalSyncObject")?.GetValue(null) is not { } gate) return 0;
        lock (gate)
        {
            if (field.GetValue(null) is not IList list || !list.Cast<object>().Any(IsOwned)) return 0;
            var rest = (IList)Activator.CreateInstance(list.GetType())!;
            foreach (var element in list.Cast<object>().Where(e => !IsOwned(e))) rest.Add(element);
            field.SetValue(null, rest);
            return list.Count - rest.Count;
        }

        bool IsOwned(object element) => plugin.Owns(shapes.Field(element.GetType(), "Creator")?.GetValue(element));
    }
}
