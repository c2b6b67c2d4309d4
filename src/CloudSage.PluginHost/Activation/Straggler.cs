namespace CloudSage.PluginHost.Activation;

/// <summary>Code of a plugin's that was told to end, was waited for, and has not returned. Nothing of the plugin is in it.</summary>
/// <param name="What">What it is, in words for an operator: <c>StopAsync</c>, <c>background work 'poll'</c>.</param>
/// <param name="Ended">A task of the host's that ends when the code has returned.</param>
internal sealed record Straggler(string What, Task Ended);

/// <summary>The stragglers of one version of a plugin. From any thread.</summary>
internal sealed class StragglerList
{
    private readonly Lock _lock = new();
    private List<Straggler>? _all;

    /// <summary>Those that have still not returned.</summary>
    public IReadOnlyList<Straggler> Running
    {
        get
        {
            lock (_lock) return _all is null ? [] : [.. _all.Where(static s => !s.Ended.IsCompleted)];
        }
    }

    public void Add(string what, Task ended)
    {
        lock (_lock)
        {
            // A health check that hangs is asked again and again: what has ended meanwhile must not pile up.
            _all?.RemoveAll(static s => s.Ended.IsCompleted);
            (_all ??= []).Add(new Straggler(what, ended));
        }
    }
}
