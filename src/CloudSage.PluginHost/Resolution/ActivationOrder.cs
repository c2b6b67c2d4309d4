namespace CloudSage.PluginHost.Resolution;

/// <summary>
/// Orders the plugins that can run: each after what it depends on, and where that leaves a choice, the first by name.
/// Optional dependencies that form a circle are left out of account inside that circle.
/// </summary>
internal static class ActivationOrder
{
    public static IReadOnlyList<int> Of(DependencyGraph graph, bool[] waiting)
    {
        var predecessors = Predecessors(graph, waiting);
        var successors = new List<int>[graph.Count];
        var open = new int[graph.Count];
        for (var node = 0; node < graph.Count; node++) successors[node] = [];
        for (var node = 0; node < graph.Count; node++)
        {
            open[node] = predecessors[node].Count;
            foreach (var earlier in predecessors[node]) successors[earlier].Add(node);
        }

        var order = new List<int>(graph.Count);
        var ready = new PriorityQueue<int, int>();
        for (var node = 0; node < graph.Count; node++)
            if (!waiting[node] && open[node] == 0) ready.Enqueue(node, node);
        while (ready.TryDequeue(out var node, out _))
        {
            order.Add(node);
            foreach (var later in successors[node])
                if (--open[later] == 0) ready.Enqueue(later, later);
        }

        return order;
    }

    private static List<int>[] Predecessors(DependencyGraph graph, bool[] waiting)
    {
        var all = new List<int>[graph.Count];
        for (var node = 0; node < graph.Count; node++)
            all[node] = waiting[node] ? [] : [.. graph.Needs[node], .. graph.Follows[node].Where(other => !waiting[other])];

        // The needed dependencies among plugins that can run form no circle, so every circle found here has an optional one.
        var knots = StrongComponents.Of(all);
        for (var node = 0; node < graph.Count; node++)
        {
            if (waiting[node] || !graph.Follows[node].Any(other => IsInCircle(node, other))) continue;
            all[node] = [.. graph.Needs[node], .. graph.Follows[node].Where(other => !waiting[other] && !IsInCircle(node, other))];
            graph.Warnings[node].Add(Describe(graph, node, graph.Follows[node].Where(other => IsInCircle(node, other))));
        }

        return all;

        bool IsInCircle(int node, int other) => !waiting[other] && knots[node] == knots[other];
    }

    private static Finding Describe(DependencyGraph graph, int node, IEnumerable<int> others) => Finding.Warning(
        ResolutionCodes.OptionalCycle,
        $"'{graph.Plugins[node].Name}' starts without regard to {string.Join(", ", others.Select(other => $"'{graph.Plugins[other].Name}'"))}: "
            + "the optional dependency is part of a circle.",
        "Remove one dependency of the circle.",
        graph.Plugins[node].Manifest.Locate("dependencies"));
}
