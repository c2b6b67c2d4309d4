namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>Tells whether something was described by the plugin: by tags with a value of its own. The runtime keeps copies of tags.</summary>
internal static class OwnedTags
{
    /// <summary>Whether one of the tags has a value of the plugin's.</summary>
    public static bool OwnsTagOf(this PluginOwnership plugin, IEnumerable<KeyValuePair<string, object?>>? tags)
        // A collection of the plugin's own is not walked: that would run its code.
        => tags is not null && (plugin.Owns(tags.GetType()) || tags.Any(t => plugin.Owns(t.Value)));
}
