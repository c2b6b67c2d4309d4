using CloudSage.PluginHost.Activation;

namespace CloudSage.PluginHost.Unloading;

/// <summary>A version on its way out of memory.</summary>
/// <param name="plugin">The plugin's name.</param>
/// <param name="version">Its version.</param>
/// <param name="since">When it was unloaded: a time stamp of the clock.</param>
/// <param name="stragglers">What of it did not end when it was stopped.</param>
internal sealed class Departure(string plugin, string version, long since, IReadOnlyList<Straggler>? stragglers = null)
{
    private readonly Dictionary<string, int> _evicted = new(StringComparer.Ordinal);
    private readonly List<Finding> _findings = [];

    public string Plugin => plugin;

    public string Version => version;

    public long Since => since;

    /// <summary>The load context, held weakly; gone when the plugin is. Follows it beyond its finalizer.</summary>
    public WeakReference Context { get; private set; } = new(null);

    /// <summary>What of it still runs, in words.</summary>
    public IReadOnlyList<string> StillRunning
        => stragglers is null ? [] : [.. stragglers.Where(static s => !s.Ended.IsCompleted).Select(static s => s.What).Distinct(StringComparer.Ordinal)];

    /// <summary>Ends when nothing of it runs any more, as far as the host can know.</summary>
    public Task Ended => stragglers is null ? Task.CompletedTask : Task.WhenAll(stragglers.Select(static s => s.Ended));

    /// <summary>What had to be removed for it, by cause.</summary>
    public IReadOnlyList<EvictedRemains> Evicted => [.. _evicted.Select(static e => new EvictedRemains(e.Key, e.Value))];

    /// <summary>What could not be removed.</summary>
    public IReadOnlyList<Finding> Findings => [.. _findings];

    /// <summary>Whether it was found to have left memory: it is then judged no more.</summary>
    public bool HasLeft { get; set; }

    /// <summary>What to do with its native libraries when it is gone; null where it has none.</summary>
    public Action? ReleaseNatives { get; init; }

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
