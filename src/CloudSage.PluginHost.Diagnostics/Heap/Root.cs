using Microsoft.Diagnostics.Runtime;

namespace CloudSage.PluginHost.Diagnostics.Heap;

/// <summary>Why an object is alive by itself.</summary>
internal enum RootKind
{
    Handle,
    Stack,
    ThreadStatic,
    Finalizer,

    /// <summary>The load context, which the runtime keeps while the plugin is there; only what it refers to, or what hangs on it by a ConditionalWeakTable, counts.</summary>
    LoadContext,
}

/// <summary>An object that is alive by itself.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Object">The object.</param>
/// <param name="Thread">Whose stack, or whose value.</param>
/// <param name="Field">Which value of the thread.</param>
/// <param name="Handle">Which handle.</param>
/// <param name="Frame">The method whose local variable it is, where that is known.</param>
internal sealed record Root(RootKind Kind, ulong Object, ClrThread? Thread = null, ClrThreadStaticField? Field = null, ClrHandle? Handle = null, ClrMethod? Frame = null)
{
    /// <summary>
    /// Whether it is there only while something runs: a stack, which may also hold remains of what has ended, and what is noted of the task
    /// that a thread is at. It names the culprit only where nothing better does.
    /// </summary>
    public bool IsTransient { get; init; }
}
