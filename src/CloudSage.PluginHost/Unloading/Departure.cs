namespace CloudSage.PluginHost.Unloading;

/// <summary>A version on its way out of memory.</summary>
/// <param name="plugin">The plugin's name.</param>
/// <param name="version">Its version.</param>
/// <param name="since">When it was unloaded: a time stamp of the clock.</param>
internal sealed class Departure(string plugin, string version, long since)
{
    private readonly Dictionary<string, int> _evicted = new(StringComparer.Ordinal);
    private readonly List<Finding> _findings = [];

    public string Plugin => plugin;

    public string Version => version;

    public long Since => since;

    /// <summary>The load context, held weakly; gone when the plugin is. Follows it beyond its finalizer.</summary>
    public WeakReference Context { get; private set; } = new(null);

    /// <summary>What had to be removed for it, by cause.</summary>
    public IReadOnlyList<EvictedRemains> Evicted => [.. _evicted.Select(static e => new EvictedRemains(e.Key, e.Value))];

    /// <summary>What could not be removed.</summary>
    public IReadOnlyList<Finding> Findings => [.. _findings];

    public void Leave(WeakReference context) => Context = context;

    public void Note(string cause, int count)
    {
        if (count > 0) _evicted[cause] = _evicted.GetValueOrDefault(cause) + count;
    }

    public void Note(Finding finding)
    {
        if (!_findings.Contains(finding)) _findings.Add(finding);
    }
}
