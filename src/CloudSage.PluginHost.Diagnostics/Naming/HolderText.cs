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

    private const string AppDomain = "System.AppDomain";
    private const string LoadContext = "System.Runtime.Loader.AssemblyLoadContext";

    private static readonly string[] Flow = ["System.Threading.ExecutionContext", "System.Threading.AsyncLocal"];

    public LeakHolder Of(HeldPath path)
    {
        var (kind, text) = Describe(path);
        return new LeakHolder(kind, text, Remedy.For(kind));
    }

    /// <summary>What lies nearest to the plugin decides: what a timer of the host's reaches by the host's own table is the table's.</summary>
    private (LeakHolderKind Kind, string Text) Describe(HeldPath path)
    {
        var whole = names.Way(path, path.Objects.Count);
        var from = names.HostObject(path);
        var timer = Last(path, from, static n => n == "System.Threading.TimerQueueTimer");
        if (Last(path, Math.Max(from, timer), static n => Flow.Any(f => n.StartsWith(f, StringComparison.Ordinal))) >= 0) return (LeakHolderKind.AsyncLocal, $"AsyncLocal value: {whole}");
        if (timer >= 0) return (LeakHolderKind.Timer, Timer(path, timer));
        if (Last(path, from, static n => n.StartsWith("System.Threading.RegisteredWaitHandle", StringComparison.Ordinal)) >= 0)
            return (LeakHolderKind.Timer, $"registered wait with callback {names.End(path)}");
        if (path.Root.Kind == RootKind.ThreadStatic && !path.Root.IsTransient && from < 0) return (LeakHolderKind.ThreadLocal, whole);
        if (Last(path, from, static n => n == "System.Threading.CancellationTokenSource") is >= 0 and var source)
            return (LeakHolderKind.Cancellation, $"cancellation callback {names.End(path)} on {names.Way(path, source + 1)}");
        if (Enumerable.Range(0, path.Objects.Count).Any(i => names.IsDependent(path, i))) return (LeakHolderKind.DependentHandle, path.Root.Kind == RootKind.LoadContext ? whole : Dependent(path));
        if (Event(path) is { } subscription) return (LeakHolderKind.Event, subscription);
        if (IsListener(names.StaticField(path)?.ContainingType.Name) || Last(path, from, IsListener) >= 0) return (LeakHolderKind.Listener, whole);
        if (Task(path, from) is { } task) return (LeakHolderKind.Task, task);
        if (Last(path, from, static n => n.EndsWith("Exception", StringComparison.Ordinal)) is >= 0 and var exception) return (LeakHolderKind.Exception, $"stack trace of an exception: {names.Way(path, exception + 1)}");
        return ByRoot(path, from, whole);
    }

    private (LeakHolderKind Kind, string Text) ByRoot(HeldPath path, int from, string whole) => path.Root.Kind switch
    {
        RootKind.Finalizer => (LeakHolderKind.Finalizer, whole),
        _ when names.StaticField(path) is not null => (StaticKind(path), whole),
        RootKind.LoadContext => (LeakHolderKind.HostObject, whole),
        _ when from >= 0 => (LeakHolderKind.HostObject, whole),
        RootKind.Stack or RootKind.ThreadStatic => (LeakHolderKind.Thread, whole),
        _ => (LeakHolderKind.Handle, whole),
    };

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
            : passes.Any(static n => n.StartsWith("System.Threading.Tasks.Task+CancellationPromise", StringComparison.Ordinal)) ? "wait with a limit (Task.WaitAsync) that is followed by"
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
            return $"event {Owner(field.ContainingType, ofType)}.{ofType} <- {handler}";
        for (var i = path.Objects.Count - 2; i >= 0; i--)
        {
            if (!names.LeadsToDelegate(path, i) || names.Field(path, i) is not { } holds || names.TypeAt(path, i) is not { } type || EventName(type, holds.Name, names.TypeAt(path, i + 1)?.Name) is not { } name) continue;
            var owner = Owner(type, name);
            return $"event {owner}.{name} <- {handler}" + (owner is AppDomain or LoadContext ? string.Empty : $" ({names.Way(path, i + 1)})");
        }

        return null;
    }

    /// <summary>As the type declares it; where it is not on disk, by the delegate's type, with the field's name as the compiler makes it.</summary>
    private string? EventName(ClrType type, string? field, string? delegateType)
    {
        if (field is null or "") return null;
        if (names.Events.Of(type, field) is { } declared) return declared;
        if (field == "s_cancelCallbacks") return "CancelKeyPress";
        var isEvent = delegateType?.Contains("EventHandler", StringComparison.Ordinal) == true || Owner(type, field) == LoadContext;
        var plain = field.StartsWith("s_", StringComparison.Ordinal) ? field[2..] : field.TrimStart('_');
        return isEvent && plain.Length > 0 ? char.ToUpperInvariant(plain[0]) + plain[1..] : null;
    }

    /// <summary>As one subscribes to it: the runtime keeps the events of AppDomain in AppContext, and some in its load contexts.</summary>
    private static string Owner(ClrType type, string eventName)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (at.Name == "System.AppContext") return AppDomain;
            if (at.Name == LoadContext) return eventName is "AssemblyLoad" or "AssemblyResolve" or "TypeResolve" or "ResourceResolve" ? AppDomain : LoadContext;
        }

        return TypeText.Full(type);
    }

    private string? Task(HeldPath path, int from)
    {
        var task = Last(path, from, static n => n.StartsWith("System.Threading.Tasks.Task", StringComparison.Ordinal) || n.Contains("AsyncStateMachineBox", StringComparison.Ordinal));
        if (task < 0 || names.Method(path) is not { } method) return null;
        var isAsync = names.TypeAt(path, path.Objects.Count - 1)?.Name is { } end && TypeText.AsyncMethod(end) is not null;
        var awaited = isAsync && task == path.Objects.Count - 1 ? task : task + 1;
        return $"{(isAsync ? "async method" : "continuation")} {method} awaiting a task: {names.Way(path, Math.Min(awaited, path.Objects.Count - 1))}";
    }

    /// <summary>A table of a library that remembers the plugin's types is another thing to its author than a field that holds an object.</summary>
    private LeakHolderKind StaticKind(HeldPath path)
        => names.EndsInLibrary(path) && names.Method(path) is null ? LeakHolderKind.TypeCache : LeakHolderKind.StaticField;

    /// <summary>The last object of the path, after a place, whose type's name matches; -1 where there is none.</summary>
    private int Last(HeldPath path, int after, Func<string, bool> matches)
    {
        for (var i = path.Objects.Count - 1; i > after; i--)
        {
            if (names.TypeAt(path, i)?.Name is { } name && matches(name)) return i;
        }

        return -1;
    }
}
