using CloudSage.PluginHost.Diagnostics.Heap;
using Microsoft.Diagnostics.Runtime;

namespace CloudSage.PluginHost.Diagnostics.Naming;

/// <summary>The parts of a path in words: where it begins, each step, and what it leads to.</summary>
internal sealed class PathNames(HeapView heap, StaticFields statics, Delegates delegates, ThreadNames threads, PluginTerritory territory, int maxDepth)
{
    /// <summary>The events of types.</summary>
    public EventNames Events { get; } = new();

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

    /// <summary>
    /// The last object of the path that is of the host's, or of a library's that the host shares, and whose field leads on: what the host
    /// itself keeps the plugin by, whatever keeps that object.
    /// </summary>
    /// <returns>Its place; -1 where there is none.</returns>
    public int HostObject(HeldPath path)
    {
        for (var i = path.Objects.Count - 2; i >= 0; i--)
        {
            if (TypeAt(path, i) is { IsArray: false } type && !IsLibrary(type) && !Delegates.IsDelegate(type) && (Field(path, i) is not null || IsDependent(path, i))) return i;
        }

        return -1;
    }

    /// <summary>Whether a type is of the runtime or of the platform's libraries. An async method's object is: the runtime makes it.</summary>
    public static bool IsLibrary(ClrType? type)
        => type?.Name is not { } name || name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal);

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

    /// <summary>The path up to an object, its beginning included: the root, or where that says little, the host's object on it.</summary>
    /// <param name="path">The path.</param>
    /// <param name="count">How many of its objects to name.</param>
    public string Way(HeldPath path, int count)
    {
        var host = StaticField(path) is null && path.Root.Kind != RootKind.LoadContext ? HostObject(path) : -1;
        var begin = host >= 0 && host < count;
        var steps = new List<string> { begin ? HostText(path, host) : RootText(path) };
        for (var i = begin ? host + 1 : FirstNamed(path); i < count; i++) steps.Add(i == path.Objects.Count - 1 ? End(path) : Step(path, i));
        return string.Join(" -> ", Cut(steps)) + (begin ? $"; that object is reached from {RootText(path)}" : string.Empty);
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

    private string HostText(HeldPath path, int index)
    {
        var type = TypeAt(path, index)!;
        return Field(path, index)?.Name is { } field ? $"field {TypeText.Full(type)}.{FieldText(field)} ({ModuleOf(type)})" : $"object {TypeText.Full(type)} ({ModuleOf(type)})";
    }

    private List<string> Cut(List<string> steps)
    {
        if (steps.Count <= maxDepth) return steps;
        steps.RemoveRange(maxDepth / 2, steps.Count - maxDepth + 1);
        steps.Insert(maxDepth / 2, "...");
        return steps;
    }

    /// <summary>As the author wrote it: the compiler names a property's field after the property.</summary>
    private static string FieldText(string? field)
        => field is ['<', ..] && field.IndexOf(">k__BackingField", StringComparison.Ordinal) is > 1 and var end ? field[1..end] : field ?? "(unknown field)";

    private static int FirstNamed(HeldPath path) => path.Root.Kind == RootKind.LoadContext || path.Root.Kind == RootKind.Handle && path.Objects.Count > 1 && path.Root.Handle?.Object.Type is { IsArray: true } ? 1 : 0;

    private string RootText(HeldPath path) => path.Root switch
    {
        { Kind: RootKind.Stack, Thread: { } thread, Frame: { } frame } => $"a local variable of {TypeText.Of(frame)} on {threads.Of(thread)}",
        { Kind: RootKind.Stack, Thread: { } thread } => $"the stack of {threads.Of(thread)}",
        { Kind: RootKind.ThreadStatic, Thread: { } thread, Field: { } field } => $"{ThreadField(field)} of {threads.Of(thread)}",
        { Kind: RootKind.Finalizer } => "object that waits for its finalizer",
        { Kind: RootKind.LoadContext } => IsDependent(path, 0) ? "ConditionalWeakTable entry of the plugin's own load context" : "the plugin's own load context",
        _ => StaticField(path) is { } field ? $"static field {TypeText.Full(field.ContainingType)}.{FieldText(field.Name)} ({ModuleOf(field.ContainingType)})" : HandleText(path.Root.Handle),
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
        return !IsLibrary(type) && Field(path, index) is { Name: { } field } ? $"{text}.{FieldText(field)}" : text;
    }

    private string ObjectText(ulong address)
    {
        if (address == territory.Context) return "the plugin's AssemblyLoadContext";
        var target = heap.ObjectAt(address);
        if (target.Type?.Name == "System.RuntimeType" && target.TryReadField<nuint>("m_handle", out var handle) && heap.Runtime.GetTypeByMethodTable(handle) is { } type)
            return $"typeof({TypeText.Of(type)})";
        return target.Type?.Name switch
        {
            "System.Reflection.RuntimeMethodInfo" or "System.Reflection.RuntimeConstructorInfo" when target.TryReadField<nuint>("m_handle", out var member) && heap.Runtime.GetMethodByHandle(member) is { } method
                => $"MethodInfo of {TypeText.Of(method)}",
            "System.Reflection.RuntimeAssembly" when target.TryReadField<nuint>("m_assembly", out var assembly) && territory.Modules.FirstOrDefault(m => m.AssemblyAddress == assembly) is { } module
                => $"Assembly object of {Path.GetFileName(module.Name ?? module.AssemblyName)}",
            LoaderAllocator => "the plugin's LoaderAllocator",
            _ => TypeText.Of(target.Type),
        };
    }
}
