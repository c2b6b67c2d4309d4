namespace CloudSage.PluginHost.Resolution;

/// <summary>
/// Names the circles of needed dependencies. A knot of plugins that all reach each other can hold more circles than anyone could list,
/// so circles are named until every plugin of the knot is on one, and at most <see cref="MaxPerKnot"/>.
/// </summary>
internal sealed class DependencyCycles
{
    public const int MaxPerKnot = 32;

    private readonly DependencyGraph _graph;
    private readonly int[] _knots;
    private readonly int[] _cameFrom;
    private readonly int[] _seenFor;

    private DependencyCycles(DependencyGraph graph, int[] knots)
    {
        _graph = graph;
        _knots = knots;
        _cameFrom = new int[graph.Count];
        _seenFor = new int[graph.Count];
        Array.Fill(_seenFor, -1);
    }

    /// <summary>Finds the circles and adds each to the errors of the plugins on it.</summary>
    public static IReadOnlyList<DependencyCycle> Mark(DependencyGraph graph, int[] knots)
    {
        var search = new DependencyCycles(graph, knots);
        var cycles = new List<DependencyCycle>();
        var knotsWithCycles = Enumerable.Range(0, graph.Count).GroupBy(node => knots[node]).Where(knot => IsCircular(graph, knot));
        foreach (var knot in knotsWithCycles) search.MarkKnot([.. knot], cycles);
        return cycles;
    }

    private static bool IsCircular(DependencyGraph graph, IGrouping<int, int> knot)
        => knot.Skip(1).Any() || graph.Needs[knot.First()].Contains(knot.First());

    private void MarkKnot(int[] members, List<DependencyCycle> cycles)
    {
        var named = new HashSet<int>();
        Finding? first = null;
        var left = MaxPerKnot;
        foreach (var member in members)
        {
            if (named.Contains(member)) continue;
            if (left-- <= 0)
            {
                // Still part of the knot, though the circle through it is one too many to be named.
                _graph.Errors[member].Add(first!);
                continue;
            }

            var path = ShortestCycle(member);
            var cycle = new DependencyCycle([.. path.Select(node => _graph.Plugins[node].Name)]);
            cycles.Add(cycle);
            var finding = Describe(cycle);
            first ??= finding;
            foreach (var node in path.Skip(1))
            {
                _graph.Errors[node].Add(finding);
                named.Add(node);
            }
        }
    }

    /// <summary>Breadth first from a plugin until it is met again.</summary>
    private List<int> ShortestCycle(int start)
    {
        var queue = new Queue<int>([start]);
        while (queue.TryDequeue(out var node))
        {
            foreach (var next in _graph.Needs[node])
            {
                if (next == start) return PathTo(start, node);
                if (_knots[next] != _knots[start] || _seenFor[next] == start) continue;
                _seenFor[next] = start;
                _cameFrom[next] = node;
                queue.Enqueue(next);
            }
        }

        throw new InvalidOperationException($"'{_graph.Plugins[start].Name}' is on no circle.");
    }

    private List<int> PathTo(int start, int last)
    {
        var path = new List<int> { start };
        for (var node = last; node != start; node = _cameFrom[node]) path.Add(node);
        path.Add(start);
        path.Reverse();
        return path;
    }

    private static Finding Describe(DependencyCycle cycle) => Finding.Error(
        ResolutionCodes.DependencyCycle,
        $"Plugins need each other in a circle: {cycle}.",
        "Remove one dependency of the circle, or mark it with 'optional: true'.");
}
