using System.Reflection;
using CloudSage.PluginHost.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.Plugins.Testing;

/// <summary>What a plugin is tested with. As in production nothing is granted by default, and no service of the host's is there.</summary>
public sealed class PluginTestOptions
{
    internal Dictionary<string, string> SettingValues { get; } = new(StringComparer.Ordinal);

    internal List<string> Grants { get; } = [];

    internal List<string> Neighbours { get; } = [];

    internal List<Action<PluginHostOptions>> HostChanges { get; } = [];

    internal List<Action<IServiceCollection>> ServiceChanges { get; } = [];

    internal TimeProvider Clock { get; private set; } = TimeProvider.System;

    internal Action<string>? LogTarget { get; private set; }

    internal TimeSpan Patience { get; private set; } = TimeSpan.FromSeconds(60);

    /// <summary>Gives the plugin a setting, as the operator would.</summary>
    /// <param name="key">The setting's key, as the manifest declares it.</param>
    /// <param name="value">Its value, as text.</param>
    /// <returns>These options.</returns>
    public PluginTestOptions Set(string key, string value)
    {
        SettingValues[key] = value;
        return this;
    }

    /// <summary>Grants the plugin permissions. It gets what its manifest asks for as well, and no more.</summary>
    /// <param name="permissions">Their names, such as those of <see cref="Permissions.PluginPermissions"/>.</param>
    /// <returns>These options.</returns>
    public PluginTestOptions Grant(params IEnumerable<string> permissions)
    {
        Grants.AddRange(permissions);
        return this;
    }

    /// <summary>Grants the plugin all that its manifest asks for, as whoever runs <c>csg</c> does.</summary>
    /// <returns>These options.</returns>
    public PluginTestOptions GrantDeclared()
    {
        HostChanges.Add(static host => host.Permissions.GrantDeclared = true);
        return this;
    }

    /// <summary>
    /// Gives the host a service that plugins can have injected: a fake of a capability such as
    /// <see cref="Capabilities.ICostDataReader"/>, which the plugin gets with its permission alone, or a contract of the embedder's.
    /// The service stays when the plugin leaves: what it keeps of the plugin's, such as a callback, keeps the plugin in memory.
    /// </summary>
    /// <typeparam name="TContract">The contract, an interface.</typeparam>
    /// <param name="service">The service.</param>
    /// <returns>These options.</returns>
    public PluginTestOptions Provide<TContract>(TContract service) where TContract : class
    {
        ServiceChanges.Add(services => services.AddSingleton(service));
        // The platform's own capabilities are offered by every host, behind their permissions; what is not one must be forwarded.
        if (typeof(TContract).Assembly != typeof(PluginContext).Assembly) HostChanges.Add(static host => host.Forward<TContract>());
        return this;
    }

    /// <summary>Shares an assembly with the plugin, as an embedder does for extension points of its own.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <returns>These options.</returns>
    public PluginTestOptions Share(Assembly assembly)
    {
        HostChanges.Add(host => host.Share(assembly));
        return this;
    }

    /// <summary>Hosts another plugin beside it, one that it depends on.</summary>
    /// <param name="path">The other plugin's folder, or its DLL.</param>
    /// <returns>These options.</returns>
    public PluginTestOptions Beside(string path)
    {
        Neighbours.Add(path);
        return this;
    }

    /// <summary>
    /// Gives host and plugin another clock, such as a <see cref="TestClock"/>. The host waits by it too: with one that stands still the plugin
    /// never starts.
    /// </summary>
    /// <param name="clock">The clock.</param>
    /// <returns>These options.</returns>
    public PluginTestOptions UseClock(TimeProvider clock)
    {
        Clock = clock;
        return this;
    }

    /// <summary>Shows every line of the log at once: <c>TestContext.Out.WriteLine</c>, <c>output.WriteLine</c>.</summary>
    /// <param name="write">Writes one line; called from any thread.</param>
    /// <returns>These options.</returns>
    public PluginTestOptions WriteLogTo(Action<string> write)
    {
        LogTarget = write;
        return this;
    }

    /// <summary>How long a wait for a run may take, by the machine's clock, until it fails the test. Default: 60 s.</summary>
    /// <param name="patience">The time.</param>
    /// <returns>These options.</returns>
    public PluginTestOptions WaitFor(TimeSpan patience)
    {
        Patience = patience;
        return this;
    }

    /// <summary>Changes the host's own options: deadlines, <see cref="PluginHost.Unloading.UnloadOptions.Assistance"/>. Its folders are the test's.</summary>
    /// <param name="change">Changes the options.</param>
    /// <returns>These options.</returns>
    public PluginTestOptions ConfigureHost(Action<PluginHostOptions> change)
    {
        HostChanges.Add(change);
        return this;
    }

    /// <summary>Adds services to the host: <c>services.AddLeakReports()</c> of CloudSage.PluginHost.Diagnostics, to name what holds a plugin.</summary>
    /// <param name="change">Adds services.</param>
    /// <returns>These options.</returns>
    public PluginTestOptions ConfigureServices(Action<IServiceCollection> change)
    {
        ServiceChanges.Add(change);
        return this;
    }
}
