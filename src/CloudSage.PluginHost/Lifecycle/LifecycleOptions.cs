namespace CloudSage.PluginHost.Lifecycle;

/// <summary>How the host keeps its state and acts on changes.</summary>
public sealed class LifecycleOptions
{
    /// <summary>The folder with the state file and the marks of activations under way; relative to the content root. Default: <c>.cloudsage/state</c>.</summary>
    public string StateDirectory { get; set; } = Path.Combine(".cloudsage", "state");

    /// <summary>How many plugins are started at once. More than there are processors, so that one that hangs in its start delays no other. Default: 8.</summary>
    public int MaxParallelStarts { get; set; } = 8;

    /// <summary>
    /// How long a plugin that vanished goes on serving, so that deleting and recreating it, or swapping its folder, is an upgrade. Default: 500 ms.
    /// </summary>
    public TimeSpan RemovalGrace { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long all plugins together may take to stop when the host stops; then calls in flight are cancelled. Default: 20 s.</summary>
    public TimeSpan ShutdownDeadline { get; set; } = TimeSpan.FromSeconds(20);
}
