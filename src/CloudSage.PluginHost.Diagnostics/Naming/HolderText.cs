using CloudSage.PluginHost.Diagnostics.Heap;
using Microsoft.Diagnostics.Runtime;

namespace CloudSage.PluginHost.Diagnostics.Naming;

/// <summary>Says of a path what kind of holder it is, by what it passes through, and puts it into one line.</summary>
internal sealed class HolderText(PathNames names)
{
    private static readonly string[] Listeners =
    [
        "System.Diagnostics.Metrics.Meter", "System.Diagnostics.Activity", "System.Diagnostics.DiagnosticListener", "System.Diagnostics.Tracing.EventListener",
        "System.Diagnostics.Tracing.EventDispatcher", "System.Diagnostics.Metrics.Observable",
    ];

    private static readonly string[] Flow = ["System.Threading.ExecutionContext", "System.Threading.AsyncLocal"];

    public LeakHolder Of(HeldPath path)
    {
        var (kind, text) = Describe(path);
        return new LeakHolder(kind, text, Remedy.For(kind));
    }

    private (LeakHolderKind Kind, string Text) Describe(HeldPath path)
    {
        var whole = names.Way(path, path.Objects.Count);
        if (Last(path, static n => n == "System.Threading.TimerQueueTimer") is { } timer) return (LeakHolderKind.Timer, Timer(path, timer));
        if (Last(path, static n => n.StartsWith("System.Threading.RegisteredWaitHandle", StringComparison.Ordinal)) is not null)
            return (LeakHolderKind.Timer, $"registered wait with callback {names.End(path)}");
        if (Last(path, static n => Flow.Any(f => n.StartsWith(f, StringComparison.Ordinal))) is not null) return (LeakHolderKind.AsyncLocal, $"AsyncLocal value: {whole}");
        if (path.Root.Kind == RootKind.ThreadStatic) return (LeakHolderKind.ThreadLocal, whole);
        if (Last(path, static n => n == "System.Threading.CancellationTokenSource") is { } source)
            return (LeakHolderKind.Cancellation, $"cancellation callback {names.End(path)} on {names.Way(path, source + 1)}");
        if (Enumerable.Range(0, path.Objects.Count).Any(i => names.IsDependent(path, i))) return (LeakHolderKind.DependentHandle, Dependent(path));
        if (IsListener(names.StaticField(path)?.ContainingType.Name) || Last(path, IsListener) is not null) return (LeakHolderKind.Listener, whole);
        if (Event(path) is { } subscription) return (LeakHolderKind.Event, subscription);
        if (Task(path) is { } task) return (LeakHolderKind.Task, task);
        if (Last(path, static n => n.EndsWith("Exception", StringComparison.Ordinal)) is { } exception) return (LeakHolderKind.Exception, $"stack trace of an exception: {names.Way(path, exception + 1)}");
        if (path.Root.Kind == RootKind.Stack) return (LeakHolderKind.Thread, whole);
        if (path.Root.Kind == RootKind.LoadContext) return (LeakHolderKind.DependentHandle, whole);
        if (path.Root.Kind == RootKind.Finalizer) return (LeakHolderKind.Finalizer, whole);
        return names.StaticField(path) is not null ? (StaticKind(path), whole) : (LeakHolderKind.Handle, whole);
    }

    private static bool IsListener(string? type) => type is not null && Listeners.Any(l => type.StartsWith(l, StringComparison.Ordinal));

    private string Dependent(HeldPath path)
    {
        var key = Enumerable.Range(0, path.Objects.Count).First(i => names.IsDependent(path, i));
        return $"ConditionalWeakTable entry of {TypeText.Of(names.TypeAt(path, key))} ({names.Way(path, key + 1)}) -> {names.End(path)}";
    }

    private string Timer(HeldPath path, int timer)
    {
        var passes = Enumerable.Range(timer, path.Objects.Count - timer).Select(i => names.TypeAt(path, i)?.Name ?? string.Empty).ToArray();
        var what = passes.Any(static n => n.StartsWith("System.Threading.Tasks.Task+DelayPromise", StringComparison.Ordinal)) ? "delay (Task.Delay) awaited by"
            : passes.Any(static n => n.StartsWith("System.Threading.PeriodicTimer", StringComparison.Ordinal)) ? "PeriodicTimer awaited by"
            : passes.Contains("System.Threading.CancellationTokenSource") ? "delayed cancellation with callback"
            : names.Method(path) is null ? "timer with state" : "timer with callback";
        return $"{what} {names.End(path)}";
    }

    /// <summary>An event is a field with a delegate of an event's kind.</summary>
    private string? Event(HeldPath path)
    {
        if (names.Method(path) is not { } handler) return null;
        if (names.StaticField(path) is { } field && names.LeadsToDelegate(path, 0) && EventName(field.ContainingType, field.Name, names.TypeAt(path, 1)?.Name) is { } ofType)
            return $"event {Owner(field.ContainingType)}.{ofType} <- {handler}";
        for (var i = path.Objects.Count - 2; i >= 0; i--)
        {
            if (!names.LeadsToDelegate(path, i) || names.Field(path, i) is not { } holds || names.TypeAt(path, i) is not { } type || EventName(type, holds.Name, names.TypeAt(path, i + 1)?.Name) is not { } name) continue;
            var single = Owner(type) is "System.AppDomain" or "System.Runtime.Loader.AssemblyLoadContext";
            return $"event {Owner(type)}.{name} <- {handler}" + (single ? string.Empty : $" ({names.Way(path, i + 1)})");
        }

        return null;
    }

    /// <summary>By the delegate's type, for a type's methods cannot be listed where they never ran; the name is the field's, as the compiler makes it.</summary>
    private static string? EventName(ClrType type, string? field, string? delegateType)
    {
        if (field is null or "") return null;
        if (field == "s_cancelCallbacks") return "CancelKeyPress";
        var isEvent = delegateType?.Contains("EventHandler", StringComparison.Ordinal) == true || Owner(type) == "System.Runtime.Loader.AssemblyLoadContext";
        var plain = field.StartsWith("s_", StringComparison.Ordinal) ? field[2..] : field.TrimStart('_');
        return isEvent && plain.Length > 0 ? char.ToUpperInvariant(plain[0]) + plain[1..] : null;
    }

    /// <summary>The runtime keeps the events of AppDomain in AppContext, which nobody subscribes to by that name.</summary>
    private static string Owner(ClrType type) => TypeText.Full(type) switch
    {
        "System.AppContext" => "System.AppDomain",
        "System.Runtime.Loader.DefaultAssemblyLoadContext" => "System.Runtime.Loader.AssemblyLoadContext",
        var name => name,
    };

    private string? Task(HeldPath path)
    {
        var task = Last(path, static n => n.StartsWith("System.Threading.Tasks.Task", StringComparison.Ordinal) || n.Contains("AsyncStateMachineBox", StringComparison.Ordinal));
        if (task is null || names.Method(path) is not { } method) return null;
        var isAsync = names.TypeAt(path, path.Objects.Count - 1)?.Name is { } end && TypeText.AsyncMethod(end) is not null;
        var awaited = isAsync && task == path.Objects.Count - 1 ? task.Value : task.Value + 1;
        return $"{(isAsync ? "async method" : "continuation")} {method} awaiting a task: {names.Way(path, Math.Min(awaited, path.Objects.Count - 1))}";
    }

    /// <summary>A table of a library that remembers the plugin's types is another thing to its author than a field that holds an object.</summary>
    private LeakHolderKind StaticKind(HeldPath path)
        => names.EndsInLibrary(path) && names.Method(path) is null ? LeakHolderKind.TypeCache : LeakHolderKind.StaticField;

    private int? Last(HeldPath path, Func<string, bool> matches)
    {
        for (var i = path.Objects.Count - 1; i >= 0; i--)
        {
            if (names.TypeAt(path, i)?.Name is { } name && matches(name)) return i;
        }

        return null;
    }
}
