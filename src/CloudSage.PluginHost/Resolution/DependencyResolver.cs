using CloudSage.PluginHost.Verification;

namespace CloudSage.PluginHost.Resolution;

/// <summary>
/// Finds the activation order of plugins: a pure function of their descriptors. Nothing in here recurses, and the work grows with
/// the number of plugins and dependencies (plus sorting by name), so long chains do no harm.
/// </summary>
internal static class DependencyResolver
{
    /// <summary>Resolves the dependencies between plugins whose names are unique; see <see cref="DuplicateSelection"/>.</summary>
    public static DependencyResolution Resolve(IReadOnlyCollection<PluginDescriptor> plugins)
    {
        var graph = DependencyGraph.Create(plugins);
        var knots = StrongComponents.Of(graph.Needs);
        var cycles = DependencyCycles.Mark(graph, knots);
        var waiting = MarkWaiting(graph);
        ExplainWaiting(graph, knots, waiting);
        var order = ActivationOrder.Of(graph, waiting);
        return new DependencyResolution
        {
            Order = order.Select(node => graph.Plugins[node]).ToArray(),
            Waiting = ByName(graph, graph.Errors),
            Cycles = cycles,
            Warnings = ByName(graph, graph.Warnings),
        };
    }

    /// <summary>A plugin waits where something is wrong with its own dependencies, or where one that it needs waits.</summary>
    private static bool[] MarkWaiting(DependencyGraph graph)
    {
        var waiting = new bool[graph.Count];
        var queue = new Queue<int>();
        for (var node = 0; node < graph.Count; node++)
            if (graph.Errors[node].Count > 0) Enter(node);
        while (queue.TryDequeue(out var node))
            foreach (var dependent in graph.NeededBy[node])
                if (!waiting[dependent]) Enter(dependent);
        return waiting;

        void Enter(int node)
        {
            waiting[node] = true;
            queue.Enqueue(node);
        }
    }

    private static void ExplainWaiting(DependencyGraph graph, int[] knots, bool[] waiting)
    {
        for (var node = 0; node < graph.Count; node++)
        {
            foreach (var needed in graph.Needs[node])
            {
                // Inside a circle everything waits for everything; the circle itself was already named.
                if (!waiting[needed] || knots[node] == knots[needed]) continue;
                var (self, other) = (graph.Plugins[node], graph.Plugins[needed]);
                graph.Errors[node].Add(Finding.Error(
                    ResolutionCodes.DependencyWaiting,
                    $"'{self.Name}' needs the plugin '{other.Name}', which is itself waiting.",
                    $"Mend what '{other.Name}' waits for; '{self.Name}' then starts by itself.",
                    self.Manifest.Locate("dependencies")));
            }
        }
    }

    private static Dictionary<string, IReadOnlyList<Finding>> ByName(DependencyGraph graph, List<Finding>[] findings)
    {
        var named = new Dictionary<string, IReadOnlyList<Finding>>(StringComparer.Ordinal);
        for (var node = 0; node < graph.Count; node++)
            if (findings[node].Count > 0) named.Add(graph.Plugins[node].Name, findings[node]);
        return named;
    }
}
