using System.Collections;
using System.Reflection;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Caches of System.Linq.Expressions that take collectible members and types: the interpreter's calls and fields, and the delegates that
/// call sites are made of.
/// </summary>
internal sealed class ExpressionsEvictor(RuntimeShapes shapes) : IEvictor
{
    private const string Assembly = "System.Linq.Expressions";

    /// <summary>Caches of a fixed size without a lock: an entry is one cell of an array, and an empty cell is a miss.</summary>
    private static readonly (string Type, string Field)[] Cells =
    [
        ("System.Linq.Expressions.Interpreter.CallInstruction", "s_cache"),
        ("System.Runtime.CompilerServices.CallSite", "s_siteCtors"),
        ("System.Linq.Expressions.Expression", "s_lambdaDelegateCache"),
        ("System.Linq.Expressions.Expression", "s_lambdaFactories"),
        ("System.Dynamic.Utils.TypeExtensions", "s_paramInfoCache"),
        ("System.Dynamic.Utils.DelegateHelpers", "s_thunks"),
    ];

    public string Cause => "expression caches";

    public EvictionKind Kind => EvictionKind.Cache;

    public int Evict(PluginOwnership plugin)
    {
        var evicted = EvictFields(plugin) + EvictDelegates(plugin);
        foreach (var (type, field) in Cells)
        {
            if (Static(type, field) is { } cache && shapes.Field(cache.GetType(), "_entries")?.GetValue(cache) is object?[] cells)
                evicted += Empty(cells, plugin);
        }

        return evicted;
    }

    private int Empty(object?[] cells, PluginOwnership plugin)
    {
        var key = shapes.Field(cells.GetType().GetElementType(), "_key");
        var emptied = 0;
        for (var i = 0; i < cells.Length && key is not null; i++)
        {
            if (cells[i] is not { } entry || !plugin.Owns(key.GetValue(entry))) continue;
            // Another thread may have put an entry of its own there meanwhile: it is made once more.
            cells[i] = null;
            emptied++;
        }

        return emptied;
    }

    private int EvictFields(PluginOwnership plugin)
    {
        if (Static("System.Linq.Expressions.Interpreter.InstructionList", "s_loadFields") is not IDictionary fields) return 0;
        lock (fields) return plugin.RemoveFrom(fields);
    }

    /// <summary>A tree of delegate types, with a step for each parameter's type.</summary>
    private int EvictDelegates(PluginOwnership plugin)
    {
        const string helpers = "System.Linq.Expressions.Compiler.DelegateHelpers";
        var chain = shapes.Field(shapes.Type(Assembly, $"{helpers}+TypeInfo"), "TypeChain");
        if (chain is null || Static(helpers, "_DelegateCache") is not { } root) return 0;
        lock (root) return Prune(root, chain, plugin);
    }

    private static int Prune(object node, FieldInfo chain, PluginOwnership plugin)
    {
        if (chain.GetValue(node) is not IDictionary next) return 0;
        var pruned = plugin.RemoveFrom(next);
        foreach (var child in next.Values) pruned += Prune(child, chain, plugin);
        return pruned;
    }

    private object? Static(string type, string field) => shapes.Field(shapes.Type(Assembly, type), field)?.GetValue(null);
}
