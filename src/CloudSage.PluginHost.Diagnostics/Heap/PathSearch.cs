using System.Runtime.InteropServices;

namespace CloudSage.PluginHost.Diagnostics.Heap;

/// <summary>
/// Walks from the roots, nearest first, and notes each way that leads into a plugin's territory. It never goes on inside: what the plugin holds
/// of itself is of no interest. Every object outside is visited once.
/// </summary>
internal sealed class PathSearch(HeapView heap, IReadOnlyList<PluginTerritory> territories, int maxPaths, CancellationToken cancellationToken)
{
    private const int CheckEvery = 1 << 14;

    private readonly List<(ulong Object, int From)> _visits = [];
    private readonly List<Root> _roots = [];
    private readonly AddressSet _visited = new();
    private readonly List<HeldPath>[] _paths = [.. territories.Select(static _ => new List<HeldPath>())];
    private readonly HashSet<(int Territory, int Parent)> _noted = [];
    private readonly Dictionary<ulong, int> _inside = [];
    private readonly HashSet<ulong> _ownHandles = [];

    /// <summary>Whether it was cut short by the deadline.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>How many objects were visited.</summary>
    public int Visited => _visits.Count;

    /// <returns>The ways into each territory, in the order of the territories.</returns>
    public IReadOnlyList<HeldPath>[] Run(IReadOnlyList<Root> roots)
    {
        for (var i = 0; i < territories.Count; i++)
        {
            // The runtime itself keeps the context until the plugin is gone; so what the context refers to, or what hangs on it by a weak table, is kept too.
            _roots.Add(new Root(RootKind.LoadContext, territories[i].Context));
            if (!_visited.Add(territories[i].Context)) continue;
            _inside[territories[i].Context] = i;
            _visits.Add((territories[i].Context, -_roots.Count));
        }

        foreach (var root in roots.Where(static r => !r.IsTransient)) Begin(root);
        var at = Walk(0);
        // What a thread happens to have on its stack comes last: what can also be reached otherwise is better named by that.
        foreach (var root in roots.Where(static r => r.IsTransient)) Begin(root);
        Walk(at);
        return _paths;
    }

    private int Walk(int at)
    {
        var references = new List<ulong>();
        for (; at < _visits.Count; at++)
        {
            if (at % CheckEvery == 0 && cancellationToken.IsCancellationRequested)
            {
                IsIncomplete = true;
                break;
            }

            references.Clear();
            var from = _visits[at].Object;
            if (heap.ShapeOf(from) is not { } shape) continue;
            if (shape.HasReferences) shape.AddReferences(from, heap.Memory, references);
            if (shape.Loader != 0) references.Add(shape.Loader);
            foreach (var reference in CollectionsMarshal.AsSpan(references)) Visit(reference, at);
            if (heap.Dependents.Contains(from))
            {
                foreach (var dependent in heap.Dependents[from]) Visit(dependent, at);
            }
        }

        return at;
    }

    private void Begin(Root root)
    {
        // One handle on the context is the runtime's own; another one is somebody's.
        if (root.Kind == RootKind.Handle && territories.Any(t => t.Context == root.Object) && _ownHandles.Add(root.Object)) return;
        _roots.Add(root);
        Visit(root.Object, -_roots.Count);
    }

    /// <param name="address">The object.</param>
    /// <param name="from">The visit that it was found from; negative for the number of a root, from one.</param>
    private void Visit(ulong address, int from)
    {
        if (!_visited.Add(address))
        {
            if (_inside.TryGetValue(address, out var known)) Note(address, known, from);
            return;
        }

        if (heap.ShapeOf(address) is not { } shape) return;
        for (var i = 0; i < territories.Count; i++)
        {
            if (territories[i].Context != address && !territories[i].Owns(address, shape)) continue;
            _inside[address] = i;
            Note(address, i, from);
            return;
        }

        _visits.Add((address, from));
    }

    /// <summary>One way for each object that leads inside, however many references it has.</summary>
    private void Note(ulong address, int territory, int from)
    {
        if (_paths[territory].Count < maxPaths && _noted.Add((territory, from))) _paths[territory].Add(PathTo(address, from));
    }

    private HeldPath PathTo(ulong address, int from)
    {
        var objects = new List<ulong> { address };
        for (; from >= 0; from = _visits[from].From) objects.Add(_visits[from].Object);
        objects.Reverse();
        return new HeldPath(_roots[-from - 1], objects);
    }
}
