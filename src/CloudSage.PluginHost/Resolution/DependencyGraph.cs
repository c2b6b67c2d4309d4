using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Verification;

namespace CloudSage.PluginHost.Resolution;

/// <summary>Plugins and their dependencies as numbered nodes. The numbers follow the names, so the smaller number is the earlier name.</summary>
internal sealed class DependencyGraph
{
    private readonly Dictionary<string, int> _nodes;

    private DependencyGraph(PluginDescriptor[] plugins)
    {
        Plugins = plugins;
        _nodes = new Dictionary<string, int>(plugins.Length, StringComparer.Ordinal);
        for (var node = 0; node < plugins.Length; node++)
            if (!_nodes.TryAdd(plugins[node].Name, node))
                throw new ArgumentException($"The plugin '{plugins[node].Name}' is there more than once.", nameof(plugins));
        Needs = Lists<int>();
        NeededBy = Lists<int>();
        Follows = Lists<int>();
        Errors = Lists<Finding>();
        Warnings = Lists<Finding>();
    }

    public int Count => Plugins.Length;

    public PluginDescriptor[] Plugins { get; }

    /// <summary>The needed dependencies that are there, in whatever version.</summary>
    public List<int>[] Needs { get; }

    /// <summary><see cref="Needs"/> the other way round.</summary>
    public List<int>[] NeededBy { get; }

    /// <summary>The optional dependencies that are there in a wanted version.</summary>
    public List<int>[] Follows { get; }

    /// <summary>What keeps each plugin from running.</summary>
    public List<Finding>[] Errors { get; }

    /// <summary>What does not.</summary>
    public List<Finding>[] Warnings { get; }

    public static DependencyGraph Create(IReadOnlyCollection<PluginDescriptor> plugins)
    {
        var graph = new DependencyGraph([.. plugins.OrderBy(static p => p.Name, StringComparer.Ordinal)]);
        for (var node = 0; node < graph.Count; node++)
        {
            var dependencies = graph.Plugins[node].Manifest.Dependencies;
            for (var i = 0; i < dependencies.Count; i++)
                graph.Connect(node, dependencies[i], graph.Plugins[node].Manifest.Locate($"dependencies[{i}]"));
        }

        return graph;
    }

    private void Connect(int node, ManifestDependency dependency, FindingLocation location)
    {
        var other = _nodes.TryGetValue(dependency.Name, out var found) ? found : (int?)null;
        var finding = DependencyCheck.Check(Plugins[node].Name, dependency, other is { } o ? Plugins[o] : null, location);
        if (finding is not null) (dependency.Optional ? Warnings : Errors)[node].Add(finding);
        if (other is not { } target) return;
        if (!dependency.Optional)
        {
            Needs[node].Add(target);
            NeededBy[target].Add(node);
        }
        else if (finding is null)
        {
            Follows[node].Add(target);
        }
    }

    private List<T>[] Lists<T>()
    {
        var lists = new List<T>[Count];
        for (var node = 0; node < lists.Length; node++) lists[node] = [];
        return lists;
    }
}
