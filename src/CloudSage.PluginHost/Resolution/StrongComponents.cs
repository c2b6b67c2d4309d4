namespace CloudSage.PluginHost.Resolution;

/// <summary>Finds which nodes of a graph reach each other: Tarjan's algorithm with a stack of its own instead of recursion.</summary>
internal sealed class StrongComponents
{
    private const int Unseen = -1;
    private readonly IReadOnlyList<int>[] _edges;
    private readonly int[] _component;
    private readonly int[] _index;
    private readonly int[] _low;
    private readonly Stack<int> _open = new();
    private readonly Stack<(int Node, int Edge)> _path = new();
    private int _nextIndex;
    private int _nextComponent;

    private StrongComponents(IReadOnlyList<int>[] edges)
    {
        _edges = edges;
        _component = new int[edges.Length];
        _index = new int[edges.Length];
        _low = new int[edges.Length];
        Array.Fill(_component, Unseen);
        Array.Fill(_index, Unseen);
    }

    /// <summary>The component of each node. Two nodes have the same one if and only if each can be reached from the other.</summary>
    public static int[] Of(IReadOnlyList<int>[] edges)
    {
        var search = new StrongComponents(edges);
        for (var node = 0; node < edges.Length; node++)
            if (search._index[node] == Unseen) search.Visit(node);
        return search._component;
    }

    private void Visit(int root)
    {
        Open(root);
        while (_path.TryPop(out var step))
        {
            var (node, edge) = step;
            if (edge < _edges[node].Count)
            {
                _path.Push((node, edge + 1));
                var next = _edges[node][edge];
                if (_index[next] == Unseen) Open(next);
                else if (_component[next] == Unseen) _low[node] = Math.Min(_low[node], _index[next]);
                continue;
            }

            if (_low[node] == _index[node]) Close(node);
            if (_path.TryPeek(out var parent)) _low[parent.Node] = Math.Min(_low[parent.Node], _low[node]);
        }
    }

    private void Open(int node)
    {
        _index[node] = _low[node] = _nextIndex++;
        _open.Push(node);
        _path.Push((node, 0));
    }

    private void Close(int root)
    {
        int node;
        do
        {
            node = _open.Pop();
            _component[node] = _nextComponent;
        }
        while (node != root);
        _nextComponent++;
    }
}
