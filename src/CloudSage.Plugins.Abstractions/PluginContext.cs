using System.Runtime.CompilerServices;

namespace CloudSage.Plugins;

/// <summary>
/// What a plugin knows of itself and its host, and where it leaves what must end with it: resources, background work, timers.
/// Take it as a constructor parameter.
/// </summary>
public sealed class PluginContext
{
    private readonly IPluginScope _scope;

    /// <summary>
    /// Creates a context without a host, as a plugin's unit tests need it: background work runs, and what was registered is disposed when
    /// <paramref name="stopping"/> is cancelled.
    /// </summary>
    /// <param name="name">The plugin's name, as its manifest states it.</param>
    /// <param name="version">The plugin's version (SemVer 2.0), as its manifest states it.</param>
    /// <param name="settings">The plugin's settings.</param>
    /// <param name="pluginDirectory">The folder with the plugin's own files; read-only.</param>
    /// <param name="dataDirectory">A folder of the plugin's own that outlives upgrades.</param>
    /// <param name="stopping">Cancelled when the plugin is to stop.</param>
    public PluginContext(
        string name, string version, PluginSettings settings, string pluginDirectory, string dataDirectory, CancellationToken stopping)
        : this(name, version, settings, pluginDirectory, dataDirectory, TimeProvider.System, stopping)
    {
    }

    /// <summary>The same with a clock, so that a test need not wait for timers.</summary>
    /// <param name="name">The plugin's name, as its manifest states it.</param>
    /// <param name="version">The plugin's version (SemVer 2.0), as its manifest states it.</param>
    /// <param name="settings">The plugin's settings.</param>
    /// <param name="pluginDirectory">The folder with the plugin's own files; read-only.</param>
    /// <param name="dataDirectory">A folder of the plugin's own that outlives upgrades.</param>
    /// <param name="clock">The clock of its timers.</param>
    /// <param name="stopping">Cancelled when the plugin is to stop.</param>
    public PluginContext(
        string name, string version, PluginSettings settings, string pluginDirectory, string dataDirectory, TimeProvider clock,
        CancellationToken stopping)
        : this(name, version, settings, pluginDirectory, dataDirectory, new UnhostedScope(clock, stopping))
    {
    }

    /// <summary>Creates a context; hosts call this, plugins do not.</summary>
    /// <param name="name">The plugin's name, as its manifest states it.</param>
    /// <param name="version">The plugin's version (SemVer 2.0), as its manifest states it.</param>
    /// <param name="settings">The plugin's settings.</param>
    /// <param name="pluginDirectory">The folder with the plugin's own files; read-only.</param>
    /// <param name="dataDirectory">A folder of the plugin's own that outlives upgrades.</param>
    /// <param name="scope">Says when the plugin stops, and keeps what ends with it.</param>
    public PluginContext(string name, string version, PluginSettings settings, string pluginDirectory, string dataDirectory, IPluginScope scope)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(scope);
        _scope = scope;
        Name = name;
        Version = version;
        Settings = settings;
        PluginDirectory = pluginDirectory;
        DataDirectory = dataDirectory;
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
    public CancellationToken Stopping => _scope.Stopping;

    /// <summary>
    /// Has a resource disposed when the plugin stops: after <see cref="IPluginLifecycle.StopAsync"/> and the background work, before the
    /// plugin's services, the last registered first. One that fails is logged, and the rest goes on. Once the plugin has stopped, the
    /// resource is disposed at once.
    /// </summary>
    /// <param name="resource">The resource: a subscription, a listener, a handle.</param>
    public void RegisterForDisposal(IDisposable resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        _scope.RegisterForDisposal(resource);
    }

    /// <inheritdoc cref="RegisterForDisposal(IDisposable)"/>
    // Much is disposable in both ways, such as streams and timers: without a priority the compiler could not choose.
    [OverloadResolutionPriority(1)]
    public void RegisterForDisposal(IAsyncDisposable resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        _scope.RegisterForDisposal(resource);
    }

    /// <summary>
    /// Runs work beside the calls, on the thread pool. At the stop it is asked to end by its token and awaited until the operator's stop
    /// deadline; work that goes on is named to the operator. A failure is logged and shown as the plugin's last fault.
    /// </summary>
    /// <param name="name">What it is, for the operator: <c>price list refresh</c>.</param>
    /// <param name="work">The work. Its token is <see cref="Stopping"/>.</param>
    /// <exception cref="ObjectDisposedException">The plugin has stopped.</exception>
    public void RunInBackground(string name, Func<CancellationToken, Task> work)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(work);
        _scope.RunInBackground(name, work);
    }

    /// <summary>
    /// Does something again and again until the plugin stops, for the first time after one period. Ticks never overlap: one that is due while
    /// another runs comes right after it, and more than one are one. A tick that fails is logged and shown as the plugin's last fault, and
    /// the next one comes all the same.
    /// </summary>
    /// <param name="name">What it does, for the operator.</param>
    /// <param name="period">The time between ticks, at least a millisecond.</param>
    /// <param name="tick">What to do. Its token is <see cref="Stopping"/>.</param>
    /// <exception cref="ObjectDisposedException">The plugin has stopped.</exception>
    public void StartTimer(string name, TimeSpan period, Func<CancellationToken, Task> tick)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.FromMilliseconds(1));
        ArgumentNullException.ThrowIfNull(tick);
        _scope.StartTimer(name, period, tick);
    }
}
