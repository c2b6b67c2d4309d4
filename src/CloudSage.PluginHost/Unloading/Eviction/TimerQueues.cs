using System.Reflection;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>The timers of the process. Every timer of .NET ends in one of these queues: there is one for each processor.</summary>
internal sealed class TimerQueues(RuntimeShapes shapes)
{
    private const string CoreLibrary = "System.Private.CoreLib";

    /// <summary>What runs when a timer fires.</summary>
    public FieldInfo? Callback => shapes.Field(Timer, "_timerCallback");

    /// <summary>What the callback is given.</summary>
    public FieldInfo? State => shapes.Field(Timer, "_state");

    /// <summary>The execution context that the callback runs in.</summary>
    public FieldInfo? Context => shapes.Field(Timer, "_executionContext");

    private Type? Timer => shapes.Type(CoreLibrary, "System.Threading.TimerQueueTimer");

    /// <summary>The timers that are set, as they stand. Each can be disposed, which takes it off its queue.</summary>
    public List<ITimer> Set()
    {
        var timers = new List<ITimer>();
        var queue = shapes.Type(CoreLibrary, "System.Threading.TimerQueue");
        if (shapes.Field(queue, "<Instances>k__BackingField")?.GetValue(null) is not Array queues
            || shapes.Field(queue, "<SharedLock>k__BackingField") is not { } shared || shapes.Field(Timer, "_next") is not { } next) return timers;

        FieldInfo?[] lists = [shapes.Field(queue, "_shortTimers"), shapes.Field(queue, "_longTimers")];
        foreach (var each in queues)
        {
            if (shared.GetValue(each) is not Lock gate) continue;
            // The lock that the runtime takes for every change. No more is done under it than to note what is there.
            lock (gate)
            {
                foreach (var list in lists)
                    for (var timer = list?.GetValue(each); timer is not null; timer = next.GetValue(timer))
                        if (timer is ITimer set) timers.Add(set);
            }
        }

        return timers;
    }
}
