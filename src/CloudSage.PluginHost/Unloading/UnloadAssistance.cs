namespace CloudSage.PluginHost.Unloading;

/// <summary>
/// How much the host does to free a plugin of what it left behind in the process. Whatever the level, only entries that provably
/// belong to the leaving version are touched: its own types, and delegates and objects of its own code. See docs/unloading.md.
/// </summary>
public enum UnloadAssistance
{
    /// <summary>Nothing: the plugin is disposed and its load context is unloaded. One call of a serializer may keep it in memory for ever.</summary>
    Off,

    /// <summary>
    /// Caches of the runtime's that remember the plugin's types: serializers, type descriptors, the dynamic binder, proxies.
    /// They are made anew when they are needed; no code of the plugin's can tell the difference.
    /// </summary>
    Caches,

    /// <summary>
    /// The caches, and what the plugin registered in the process and did not take back: handlers of static events, timers, meters,
    /// listeners, waits, signals. The default.
    /// </summary>
    Full,
}
