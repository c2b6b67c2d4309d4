using Microsoft.Diagnostics.Runtime;

namespace CloudSage.PluginHost.Diagnostics.Heap;

/// <summary>Why an object is alive by itself.</summary>
internal enum RootKind
{
    Handle,
    Stack,
    ThreadStatic,
    Finalizer,

    /// <summary>The load context, which the runtime keeps while the plugin is there; only what hangs on it by a ConditionalWeakTable counts.</summary>
    LoadContext,
}

/// <summary>An object that is alive by itself.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Object">The object.</param>
/// <param name="Thread">Whose stack, or whose value.</param>
/// <param name="Field">Which value of the thread.</param>
/// <param name="Handle">Which handle.</param>
internal sealed record Root(RootKind Kind, ulong Object, ClrThread? Thread = null, ClrThreadStaticField? Field = null, ClrHandle? Handle = null);
