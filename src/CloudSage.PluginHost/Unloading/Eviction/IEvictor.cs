namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Removes one cause for which unloaded plugins stay in memory. Runs after the plugin was stopped and disposed, right before its load
/// context is unloaded, and once more should it still be there after a collection.
/// </summary>
/// <remarks>
/// An evictor is shared by all plugins and keeps nothing of any: no type, delegate, member or object of the plugin's in a field, a
/// static, a closure or a cache. It touches nothing but what <see cref="PluginOwnership"/> says is the plugin's. It may throw: that
/// is reported as a finding, and the unload goes on. Shapes of the runtime's private parts come from <see cref="RuntimeShapes"/>.
/// </remarks>
internal interface IEvictor
{
    /// <summary>What is removed, in words for an operator: <c>TypeDescriptor tables</c>.</summary>
    string Cause { get; }

    /// <summary>Whether it is a cache that is made anew when needed, or something that the plugin registered.</summary>
    EvictionKind Kind { get; }

    /// <summary>Removes what is the plugin's.</summary>
    /// <param name="plugin">Tells what is the plugin's.</param>
    /// <returns>How many entries were removed.</returns>
    int Evict(PluginOwnership plugin);
}

/// <summary>What an evictor removes.</summary>
internal enum EvictionKind
{
    /// <summary>Entries of a cache: made anew when needed.</summary>
    Cache,

    /// <summary>What the plugin registered and did not take back.</summary>
    Registration,
}
