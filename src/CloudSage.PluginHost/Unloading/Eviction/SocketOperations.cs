using System.Reflection;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// What waits for a socket, on systems other than Windows: accepts, receives, connects. The runtime's engine holds every socket's queue,
/// and with it all that an operation leads to. Pipes, and the output of child processes, are sockets to it too.
/// </summary>
internal sealed class SocketOperations(RuntimeShapes shapes)
{
    private const string Assembly = "System.Net.Sockets";
    private const string Context = "System.Net.Sockets.SocketAsyncContext";
    private const int Readable = 1;
    private const int Writable = 2;
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly TypeInitialization _types = new(shapes);

    /// <summary>An operation in its queue.</summary>
    /// <param name="Socket">The engine's view of the socket.</param>
    /// <param name="Queue">The field of the queue: there is one for what reads and one for what writes.</param>
    /// <param name="Operation">The operation. Its object is used again for others.</param>
    /// <param name="Callback">What runs when it is done: tells this use of the object from another.</param>
    internal sealed record Pending(object Socket, FieldInfo Queue, object Operation, Delegate Callback);

    /// <summary>The operations as they stand.</summary>
    public List<Pending> All()
    {
        var pending = new List<Pending>();
        if (OperatingSystem.IsWindows() || shapes.Type(Assembly, "System.Net.Sockets.SocketAsyncEngine") is not { } engine || !_types.HasRun(engine)
            || shapes.Field(engine, "s_registeredContexts")?.GetValue(null) is not Array contexts) return pending;
        FieldInfo?[] queues = [shapes.Field(ContextType, "_receiveQueue"), shapes.Field(ContextType, "_sendQueue")];
        foreach (var socket in contexts)
        {
            foreach (var queue in queues)
            {
                if (socket is not null && queue is not null) WhileAtRest(socket, queue, operations => pending.AddRange(
                    operations.Select(o => CallbackOf(o)?.GetValue(o) is Delegate callback ? new Pending(socket, queue, o, callback) : null).OfType<Pending>()));
            }
        }

        return pending;
    }

    /// <summary>Cancels an operation, as its own token would.</summary>
    /// <param name="pending">The operation.</param>
    /// <param name="silently">Whether nobody is to hear of it. Its callback is then dropped, with all that it leads to.</param>
    /// <returns>Whether it was still pending.</returns>
    public bool Cancel(Pending pending, bool silently)
    {
        var cancelled = false;
        if (shapes.Method(Type("+AsyncOperation"), "TryCancel") is not { } cancel) return false;
        WhileAtRest(pending.Socket, pending.Queue, operations =>
        {
            if (!operations.Contains(pending.Operation) || CallbackOf(pending.Operation) is not { } callback
                || !ReferenceEquals(callback.GetValue(pending.Operation), pending.Callback)) return;
            if (silently) callback.SetValue(pending.Operation, Silence.Of(pending.Callback.GetType()));
            // The runtime queues the callback: none of it runs under the lock.
            cancelled = cancel.Invoke(pending.Operation, BindingFlags.DoNotWrapExceptions, null, null, null) is true;
        });
        if (cancelled) Leave(pending);
        return cancelled;
    }

    /// <summary>
    /// What is cancelled leaves its queue when the queue is next looked at, and keeps the socket until then. So have it looked at now, by a
    /// thread of the pool as after a word of the system's: what others wait for there is tried once more, and goes on waiting.
    /// </summary>
    private void Leave(Pending pending)
    {
        if (shapes.Method(ContextType, "HandleEvents") is not { } handle) return;
        var happened = Enum.ToObject(handle.GetParameters()[0].ParameterType, pending.Queue.Name == "_receiveQueue" ? Readable : Writable);
        ThreadPool.UnsafeQueueUserWorkItem(static work => work.Handle.Invoke(work.Socket, BindingFlags.DoNotWrapExceptions, null, [work.Happened], null),
            (Handle: handle, pending.Socket, Happened: happened), preferLocal: false);
    }

    /// <summary>Under the queue's lock, and only if nobody works on the queue: then no operation can end meanwhile.</summary>
    private void WhileAtRest(object socket, FieldInfo queue, Action<List<object>> act)
    {
        if (shapes.Field(queue.FieldType, "_queueLock")?.GetValue(queue.GetValue(socket)) is not { } gate || shapes.Field(queue.FieldType, "_state") is not { } state
            || shapes.Field(queue.FieldType, "_tail") is not { } tail || shapes.Field(Type("+AsyncOperation"), "Next") is not { } next) return;
        lock (gate)
        {
            var now = queue.GetValue(socket);
            if (state.GetValue(now)?.ToString() != "Waiting" || tail.GetValue(now) is not { } last) return;
            var operations = new List<object>();
            // A ring: the last leads to the first.
            for (var each = next.GetValue(last); each is not null; each = ReferenceEquals(each, last) ? null : next.GetValue(each)) operations.Add(each);
            act(operations);
        }
    }

    private static FieldInfo? CallbackOf(object operation)
    {
        FieldInfo? field = null;
        for (var type = operation.GetType(); field is null && type is not null; type = type.BaseType) field = type.GetField("<Callback>k__BackingField", Declared);
        return field;
    }

    private Type? ContextType => Type("");

    private Type? Type(string part) => shapes.Type(Assembly, Context + part);

    /// <summary>Callbacks that do nothing.</summary>
    private static class Silence
    {
        public static Delegate Of(Type action)
        {
            var arguments = action.GetGenericArguments();
            var method = Array.Find(typeof(Silence).GetMethods(BindingFlags.Static | BindingFlags.NonPublic), m => m.Name == nameof(Keep) && m.GetGenericArguments().Length == arguments.Length);
            return method!.MakeGenericMethod(arguments).CreateDelegate(action);
        }

        private static void Keep<T1, T2>(T1 _, T2 __) { }

        private static void Keep<T1, T2, T3>(T1 _, T2 __, T3 ___) { }

        private static void Keep<T1, T2, T3, T4>(T1 _, T2 __, T3 ___, T4 ____) { }

        private static void Keep<T1, T2, T3, T4, T5>(T1 _, T2 __, T3 ___, T4 ____, T5 _____) { }
    }
}
