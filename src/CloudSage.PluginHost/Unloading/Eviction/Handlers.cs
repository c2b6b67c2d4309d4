using System.Reflection;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>Takes a plugin's handlers out of events, and leaves those of others.</summary>
internal static class Handlers
{
    /// <summary>The plugin's among the handlers of an event.</summary>
    public static Delegate[] Of(PluginOwnership plugin, object? handlers)
        => handlers is Delegate list ? Array.FindAll(list.GetInvocationList(), plugin.Owns) : [];

    /// <summary>Removes the plugin's handlers as anyone would: by the event's own accessor, which does it atomically.</summary>
    /// <param name="plugin">Tells what is the plugin's.</param>
    /// <param name="handlers">The event's handlers as they stand.</param>
    /// <param name="remove">The accessor.</param>
    /// <param name="target">Whose event it is; null for a static one.</param>
    public static int Remove(PluginOwnership plugin, object? handlers, MethodInfo remove, object? target)
    {
        var owned = Of(plugin, handlers);
        foreach (var handler in owned) remove.Invoke(target, BindingFlags.DoNotWrapExceptions, null, [handler], null);
        return owned.Length;
    }
}
