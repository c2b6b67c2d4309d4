using CloudSage.PluginHost.Diagnostics.Heap;
using CloudSage.PluginHost.Diagnostics.Naming;
using CloudSage.PluginHost.Diagnostics.Snapshots;
using Microsoft.Diagnostics.Runtime;

namespace CloudSage.PluginHost.Diagnostics.Looking;

/// <summary>Counts in a snapshot what a loaded version holds.</summary>
internal sealed class HoldingsFinder(ProcessSnapshot snapshot, int ownThread, CancellationToken cancellationToken)
{
    private const int MaxTypes = 20;
    private const int MaxLines = 50;

    private readonly HeapView _heap = new(snapshot.Runtime, snapshot.Memory);

    public PluginHoldings Find(long context)
    {
        var holdings = new PluginHoldings { Plugin = string.Empty, Version = string.Empty, At = default };
        if (PluginTerritory.Find(_heap, context) is not { } territory) return holdings with { Shortfall = "It left memory while it was looked at." };
        var (types, timers) = Count(territory);
        var (stacks, names) = (new ThreadStacks(snapshot, _heap, ownThread), new ThreadNames(_heap));
        return holdings with
        {
            Assemblies = [.. territory.Modules.Select(static m => Path.GetFileName(m.Name ?? "dynamic assembly")).Order(StringComparer.Ordinal)],
            Types = [.. types.Values.OrderByDescending(static t => t.Bytes).Take(MaxTypes)],
            Instances = types.Values.Sum(static t => t.Instances),
            InstanceBytes = types.Values.Sum(static t => t.Bytes),
            StaticBytes = StaticBytes(territory),
            Threads = [.. stacks.Threads.Select(t => Running(t, stacks, names, territory)).OfType<string>()],
            Timers = [.. timers.Take(MaxLines)],
            Handles = [.. Handles(territory).Take(MaxLines)],
            Shortfall = cancellationToken.IsCancellationRequested ? "The look was cut short by its deadline." : null,
        };
    }

    private (Dictionary<ulong, HeldType> Types, List<string> Timers) Count(PluginTerritory territory)
    {
        var (types, timers, delegates) = (new Dictionary<ulong, HeldType>(), new List<string>(), new Delegates(_heap));
        foreach (var found in snapshot.Runtime.Heap.EnumerateObjects())
        {
            if (cancellationToken.IsCancellationRequested) break;
            if (_heap.ShapeOf(found.Address) is not { } shape) continue;
            if (shape.Type.Name == "System.Threading.TimerQueueTimer" && Callback(found, delegates, territory) is { } callback) timers.Add(callback);
            if (shape.Loader == 0 || !territory.Owns(found.Address, shape)) continue;
            var before = types.GetValueOrDefault(shape.Type.MethodTable) ?? new HeldType(TypeText.Of(shape.Type), 0, 0);
            types[shape.Type.MethodTable] = before with { Instances = before.Instances + 1, Bytes = before.Bytes + (long)shape.Size(found.Address, snapshot.Memory) };
        }

        return (types, timers);
    }

    private string? Callback(ClrObject timer, Delegates delegates, PluginTerritory territory)
    {
        if (!timer.TryReadObjectField("_timerCallback", out var callback) || !timer.TryReadField<uint>("_dueTime", out var due) || due == uint.MaxValue) return null;
        if (delegates.MethodOf(callback.Address) is { } method && territory.Owns(method.Type)) return $"timer with callback {TypeText.Of(method)}";
        return timer.TryReadObjectField("_state", out var state) && !state.IsNull && _heap.ShapeOf(state.Address) is { } shape && territory.Owns(state.Address, shape)
            ? $"timer with state {TypeText.Of(shape.Type)}"
            : null;
    }

    /// <summary>What the static fields lead to, up to objects that are also reached from elsewhere: those of shared types are counted once.</summary>
    private long StaticBytes(PluginTerritory territory)
    {
        if (snapshot.Runtime.AppDomains.FirstOrDefault() is not { } domain) return 0;
        var (seen, queue, references, bytes) = (new AddressSet(), new Queue<ulong>(), new List<ulong>(), 0L);
        foreach (var field in territory.Modules.SelectMany(static m => m.EnumerateTypesWithStaticFields()).SelectMany(static t => t.StaticFields).Where(static f => f.IsObjectReference))
        {
            if (field.ReadObject(domain) is { IsNull: false } value) queue.Enqueue(value.Address);
        }

        while (queue.TryDequeue(out var address) && !cancellationToken.IsCancellationRequested)
        {
            if (address == territory.Context || !seen.Add(address) || _heap.ShapeOf(address) is not { } shape || IsHosts(shape)) continue;
            bytes += (long)shape.Size(address, snapshot.Memory);
            references.Clear();
            if (shape.HasReferences) shape.AddReferences(address, snapshot.Memory, references);
            foreach (var reference in references) queue.Enqueue(reference);
        }

        return bytes;

        static bool IsHosts(ObjectShape shape) => shape.Loader == 0 && shape.Type.Name is { } name
            && (name.StartsWith("System.Reflection.", StringComparison.Ordinal) || name.StartsWith("System.Runtime", StringComparison.Ordinal) || name.StartsWith("CloudSage.", StringComparison.Ordinal));
    }

    private static string? Running(ClrThread thread, ThreadStacks stacks, ThreadNames names, PluginTerritory territory)
        => stacks.FramesOf(thread).FirstOrDefault(f => territory.Owns(f.Type)) is { } frame ? $"{names.Of(thread)} running {TypeText.Of(frame)}" : null;

    private IEnumerable<string> Handles(PluginTerritory territory)
        => from handle in snapshot.Runtime.EnumerateHandles()
           where RootSet.IsStrong(handle) && _heap.ShapeOf(handle.Object.Address) is { Loader: not 0 } shape && territory.Owns(handle.Object.Address, shape)
           select $"GCHandle ({(handle.HandleKind == ClrHandleKind.Strong ? "Normal" : handle.HandleKind.ToString())}) -> {TypeText.Of(handle.Object.Type)}";
}
