using CloudSage.PluginHost;
using CloudSage.PluginHost.Lifecycle;
using CloudSage.PluginHost.Verification;

namespace CloudSage.UnitTests.Lifecycle;

/// <summary>What is live, on paper, and the plan for it.</summary>
internal sealed class Live
{
    public SortedDictionary<string, PluginInstance> Instances { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Held { get; } = [];

    public List<PluginDescriptor> Available { get; } = [];

    public PluginPlan Plan => PluginPlan.Make(WantedPlugins.Of(Available, Held.Contains), Instances);

    public PluginInstance Of(string name)
    {
        if (!Instances.TryGetValue(name, out var instance)) Instances[name] = instance = new PluginInstance(name);
        return instance;
    }

    public Live Serving(params PluginDescriptor[] versions)
    {
        foreach (var version in versions)
            Of(version.Name).Serve(new FakeRunning(version), default, new PluginTimings(default, default, default, default, default), []);
        return this;
    }

    public Live Failed(PluginDescriptor version)
    {
        Of(version.Name).Failure = new StartFailure(version.Hash, version.Manifest.Version, PluginState.Faulted, []);
        return this;
    }

    public Live Doing(string name, PluginOperation operation)
    {
        Of(name).Operation = operation;
        return this;
    }

    public Live With(params PluginDescriptor[] available)
    {
        Available.AddRange(available);
        return this;
    }

    public Live Hold(params string[] names)
    {
        Held.UnionWith(names);
        return this;
    }
}
