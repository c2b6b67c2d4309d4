namespace CloudSage.Plugins;

/// <summary>What a plugin knows of itself and its host. Take it as a constructor parameter.</summary>
public sealed class PluginContext
{
    /// <summary>Creates a context; hosts and tests of plugins call this, plugins do not.</summary>
    /// <param name="name">The plugin's name, as its manifest states it.</param>
    /// <param name="version">The plugin's version (SemVer 2.0), as its manifest states it.</param>
    /// <param name="settings">The plugin's settings.</param>
    /// <param name="pluginDirectory">The folder with the plugin's own files; read-only.</param>
    /// <param name="dataDirectory">A folder of the plugin's own that outlives upgrades.</param>
    /// <param name="stopping">Cancelled when the host begins to stop the plugin.</param>
    public PluginContext(
        string name, string version, PluginSettings settings, string pluginDirectory, string dataDirectory, CancellationToken stopping)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        ArgumentNullException.ThrowIfNull(settings);
        Name = name;
        Version = version;
        Settings = settings;
        PluginDirectory = pluginDirectory;
        DataDirectory = dataDirectory;
        Stopping = stopping;
    }

    /// <summary>The plugin's name, as its manifest states it.</summary>
    public string Name { get; }

    /// <summary>The plugin's version (SemVer 2.0), as its manifest states it.</summary>
    public string Version { get; }

    /// <summary>The plugin's settings: the manifest's defaults, overlaid by what the operator configured.</summary>
    public PluginSettings Settings { get; }

    /// <summary>The folder with exactly the files that the host verified. Never write into it: use <see cref="DataDirectory"/>.</summary>
    public string PluginDirectory { get; }

    /// <summary>A folder of the plugin's own, kept across upgrades and restarts. It may not exist yet: create it before the first write.</summary>
    public string DataDirectory { get; }

    /// <summary>Cancelled when the host begins to stop the plugin. Give it to every loop, timer and pending wait.</summary>
    public CancellationToken Stopping { get; }
}
