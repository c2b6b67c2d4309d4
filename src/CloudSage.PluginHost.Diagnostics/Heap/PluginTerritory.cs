using Microsoft.Diagnostics.Runtime;

namespace CloudSage.PluginHost.Diagnostics.Heap;

/// <summary>What belongs to one version of a plugin: its load context, its modules, and the LoaderAllocator whose life is the life of them all.</summary>
internal sealed class PluginTerritory
{
    private readonly HashSet<ulong> _loaders;

    private PluginTerritory(ulong context, IReadOnlyList<ClrModule> modules, HashSet<ulong> loaders) => (Context, Modules, _loaders) = (context, modules, loaders);

    /// <summary>The load context's object.</summary>
    public ulong Context { get; }

    public IReadOnlyList<ClrModule> Modules { get; }

    /// <summary>Finds what belongs to the load context that a weak handle points to; a handle's place is the same in the process and in its snapshot.</summary>
    /// <returns>The territory; null where the context is gone.</returns>
    public static PluginTerritory? Find(HeapView heap, long handle)
    {
        var context = heap.Memory.ReadPointer((ulong)handle);
        if (context == 0 || heap.ShapeOf(context) is null) return null;
        var (modules, loaders) = (new List<ClrModule>(), new HashSet<ulong>());
        foreach (var module in heap.Runtime.EnumerateModules())
        {
            if (FirstType(heap, module) is not { IsCollectible: true } type || !Belongs(heap, type, context, loaders)) continue;
            modules.Add(module);
            if (heap.Memory.ReadPointer(type.LoaderAllocatorHandle) is not 0 and var loader) loaders.Add(loader);
        }

        return new PluginTerritory(context, modules, loaders);
    }

    /// <summary>Whether the object is the plugin's: of one of its types, or the LoaderAllocator itself.</summary>
    public bool Owns(ulong address, ObjectShape shape) => (shape.Loader != 0 && _loaders.Contains(shape.Loader)) || _loaders.Contains(address);

    public bool Owns(ClrType? type) => type?.Module is { } module && Modules.Any(m => m.Address == module.Address);

    private static ClrType? FirstType(HeapView heap, ClrModule module)
    {
        foreach (var (table, _) in module.EnumerateTypeDefToMethodTableMap())
        {
            if (table != 0 && heap.Runtime.GetTypeByMethodTable(table) is { } type) return type;
        }

        return null;
    }

    /// <summary>
    /// Of the context, or of an assembly that was made at run time over types of it, such as a proxy's: that one has a LoaderAllocator of its own,
    /// which keeps the plugin's without any object that could be seen.
    /// </summary>
    private static bool Belongs(HeapView heap, ClrType type, ulong context, HashSet<ulong> loaders)
    {
        if (type.AssemblyLoadContextAddress == context) return true;
        if (type.Module is not { IsDynamic: true } module) return false;
        return module.EnumerateTypeDefToMethodTableMap().Select(t => heap.Runtime.GetTypeByMethodTable(t.MethodTable)).OfType<ClrType>()
            .Any(t => Ancestors(t).Any(a => a.IsCollectible && loaders.Contains(heap.Memory.ReadPointer(a.LoaderAllocatorHandle))));
    }

    private static IEnumerable<ClrType> Ancestors(ClrType type)
    {
        for (var at = type.BaseType; at is not null; at = at.BaseType) yield return at;
        foreach (var field in type.Fields)
        {
            if (field.Type is { } used) yield return used;
        }
    }
}
