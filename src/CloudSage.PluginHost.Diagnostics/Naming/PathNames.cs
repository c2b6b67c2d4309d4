using CloudSage.PluginHost.Diagnostics.Heap;
using Microsoft.Diagnostics.Runtime;

namespace CloudSage.PluginHost.Diagnostics.Naming;

/// <summary>The parts of a path in words: where it begins, each step, and what it leads to.</summary>
internal sealed class PathNames(HeapView heap, StaticFields statics, Delegates delegates, ThreadNames threads, PluginTerritory territory, int maxDepth)
{
    private const string LoaderAllocator = "System.Reflection.LoaderAllocator";

    public ClrType? TypeAt(HeldPath path, int index) => heap.ShapeOf(path.Objects[index])?.Type;

    /// <summary>The static field that a path begins at: the first object is the array in which the runtime keeps the fields.</summary>
    public ClrStaticField? StaticField(HeldPath path)
        => path is { Root.Kind: RootKind.Handle, Objects.Count: > 1 } && TypeAt(path, 0) is { IsArray: true }
            ? statics.At(heap.SlotOf(path.Objects[0], path.Objects[1]))
            : null;

    /// <summary>The field through which an object of the path refers to the next.</summary>
    public ClrInstanceField? Field(HeldPath path, int index)
    {
        if (index + 1 >= path.Objects.Count || TypeAt(path, index) is not { IsArray: false } type) return null;
        var slot = heap.SlotOf(path.Objects[index], path.Objects[index + 1]);
        return slot == 0 ? null : type.Fields.Where(f => f.GetAddress(path.Objects[index]) <= slot).MaxBy(static f => f.Offset);
    }

    /// <summary>Whether an object of the path keeps the next one by an entry of a ConditionalWeakTable.</summary>
    public bool IsDependent(HeldPath path, int index)
        => index + 1 < path.Objects.Count && heap.Dependents[path.Objects[index]].Contains(path.Objects[index + 1]) && heap.SlotOf(path.Objects[index], path.Objects[index + 1]) == 0;

    /// <summary>Whether the next object is a delegate.</summary>
    public bool LeadsToDelegate(HeldPath path, int index) => Delegates.IsDelegate(TypeAt(path, index + 1));

    /// <summary>Leaves out the last object where the one before it tells more: a delegate its method, a type its name, not what they keep alive.</summary>
    public HeldPath Trim(HeldPath path)
    {
        if (path.Objects.Count < 2) return path;
        var before = path.Objects[^2];
        var tellsMore = TypeAt(path, path.Objects.Count - 1)?.Name == LoaderAllocator || (delegates.MethodOf(before) is { } method && territory.Owns(method.Type));
        return tellsMore ? path with { Objects = [.. path.Objects.Take(path.Objects.Count - 1)] } : path;
    }

    /// <summary>The path up to an object, the root included.</summary>
    /// <param name="path">The path.</param>
    /// <param name="count">How many of its objects to name.</param>
    public string Way(HeldPath path, int count)
    {
        var steps = new List<string> { RootText(path) };
        for (var i = FirstNamed(path); i < count; i++) steps.Add(i == path.Objects.Count - 1 ? End(path) : Step(path, i));
        if (steps.Count > maxDepth)
        {
            steps.RemoveRange(maxDepth / 2, steps.Count - maxDepth + 1);
            steps.Insert(maxDepth / 2, "...");
        }

        return string.Join(" -> ", steps);
    }

    /// <summary>What the path leads to: the method of a delegate, an async method, a type, or an object's type.</summary>
    public string End(HeldPath path) => Method(path) ?? ObjectText(path.Objects[^1]);

    /// <summary>The plugin's method that the path leads to by a delegate or an async method.</summary>
    public string? Method(HeldPath path)
    {
        if (delegates.MethodOf(path.Objects[^1]) is { } method && territory.Owns(method.Type)) return TypeText.Of(method);
        if (TypeAt(path, path.Objects.Count - 1)?.Name is { } name && TypeText.AsyncMethod(name) is { } async) return async;
        return null;
    }

    /// <summary>Whether the path leads to a library's own object about the plugin, such as a type, not to one of the plugin's.</summary>
    public bool EndsInLibrary(HeldPath path)
        => TypeAt(path, path.Objects.Count - 1)?.Name is { } name && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal));

    private static int FirstNamed(HeldPath path) => path.Root.Kind == RootKind.Handle && path.Objects.Count > 1 && path.Root.Handle?.Object.Type is { IsArray: true } ? 1 : 0;

    private string RootText(HeldPath path) => path.Root switch
    {
        { Kind: RootKind.Stack, Thread: { } thread } => $"stack of {threads.Of(thread)}",
        { Kind: RootKind.ThreadStatic, Thread: { } thread, Field: { } field } => $"{ThreadField(field)} of {threads.Of(thread)}",
        { Kind: RootKind.Finalizer } => "object that waits for its finalizer",
        { Kind: RootKind.LoadContext } => "ConditionalWeakTable entry of the plugin's own load context",
        _ => StaticField(path) is { } field ? $"static field {TypeText.Full(field.ContainingType)}.{field.Name} ({ModuleOf(field.ContainingType)})" : HandleText(path.Root.Handle),
    };

    private static string ThreadField(ClrThreadStaticField field)
        => field.ContainingType.Name?.StartsWith("System.Threading.ThreadLocal<", StringComparison.Ordinal) == true
            ? TypeText.Of(field.ContainingType)
            : $"[ThreadStatic] field {TypeText.Full(field.ContainingType)}.{field.Name}";

    private static string HandleText(ClrHandle? handle) => handle?.HandleKind switch
    {
        ClrHandleKind.Strong => "GCHandle (Normal)",
        ClrHandleKind.AsyncPinned => "pending input or output",
        { } kind => $"GCHandle ({kind})",
        null => "handle",
    };

    private static string ModuleOf(ClrType type) => Path.GetFileName(type.Module?.Name) is { Length: > 0 } name ? name : "dynamic assembly";

    /// <summary>A step through a library's object bears the type alone; the host's own fields are worth naming.</summary>
    private string Step(HeldPath path, int index)
    {
        var type = TypeAt(path, index);
        var text = TypeText.Of(type);
        var isLibrary = type?.Name is { } name && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal));
        return !isLibrary && Field(path, index) is { Name: { } field } ? $"{text}.{field}" : text;
    }

    private string ObjectText(ulong address)
    {
        if (address == territory.Context) return "the plugin's AssemblyLoadContext";
        var target = heap.ObjectAt(address);
        if (target.Type?.Name == "System.RuntimeType" && target.TryReadField<nuint>("m_handle", out var handle) && heap.Runtime.GetTypeByMethodTable(handle) is { } type)
            return $"typeof({TypeText.Of(type)})";
        return TypeText.Of(target.Type);
    }
}
