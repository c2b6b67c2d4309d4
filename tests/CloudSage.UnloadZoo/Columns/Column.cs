namespace CloudSage.UnloadZoo.Columns;

/// <summary>By what a plugin is loaded and unloaded.</summary>
public enum Column
{
    /// <summary>A collectible load context with the runtime's own dependency resolver, by a host that does nothing else.</summary>
    Plain,

    /// <summary>Our host without unload assistance.</summary>
    Unassisted,

    /// <summary>Our host as it is by default.</summary>
    Assisted,
}
