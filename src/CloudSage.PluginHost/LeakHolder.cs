namespace CloudSage.PluginHost;

/// <summary>One thing that keeps an unloaded version of a plugin in memory.</summary>
/// <param name="Kind">What kind of thing it is.</param>
/// <param name="Path">The way from it to the plugin in one line, such as <c>static field Contoso.Cache._items (Contoso.dll) -> List&lt;Entry&gt; -> Contoso.Entry</c>.</param>
/// <param name="Remedy">What the author can do about it.</param>
public sealed record LeakHolder(LeakHolderKind Kind, string Path, string Remedy)
{
    /// <summary>The plugin's part of the stack, innermost frame first, where a thread holds it.</summary>
    public IReadOnlyList<string> Stack { get; init; } = [];
}

/// <summary>What can keep an unloaded plugin in memory.</summary>
public enum LeakHolderKind
{
    /// <summary>Something that fits none of the others.</summary>
    Other,

    /// <summary>A static field of the host or of a library that the host shares with its plugins.</summary>
    StaticField,

    /// <summary>A table of the runtime or of a library that remembers types, such as those of serializers.</summary>
    TypeCache,

    /// <summary>A handler of an event.</summary>
    Event,

    /// <summary>A timer, a delay, a delayed cancellation or a registered wait that is still running.</summary>
    Timer,

    /// <summary>A thread that runs code of the plugin, or has an object of it on its stack.</summary>
    Thread,

    /// <summary>A task or an await that has not ended.</summary>
    Task,

    /// <summary>A registration on a cancellation token.</summary>
    Cancellation,

    /// <summary>A meter, listener or subscription of diagnostics.</summary>
    Listener,

    /// <summary>A value of a thread: <c>[ThreadStatic]</c> or <c>ThreadLocal</c>.</summary>
    ThreadLocal,

    /// <summary>A value that flows with execution: <c>AsyncLocal</c> or <c>Activity.Current</c>.</summary>
    AsyncLocal,

    /// <summary>A <c>GCHandle</c>.</summary>
    Handle,

    /// <summary>An entry of a <c>ConditionalWeakTable</c>, or another dependent handle.</summary>
    DependentHandle,

    /// <summary>An object that waits for its finalizer.</summary>
    Finalizer,

    /// <summary>An exception that went through code of the plugin, by its stack trace.</summary>
    Exception,

    /// <summary>A field of an object of the host's, or of a library that the host shares with its plugins.</summary>
    HostObject,
}
