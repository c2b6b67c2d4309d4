using CloudSage.PluginHost.Diagnostics.Heap;
using CloudSage.PluginHost.Diagnostics.Naming;
using CloudSage.PluginHost.Diagnostics.Snapshots;
using CloudSage.PluginHost.Unloading;
using Microsoft.Diagnostics.Runtime;

namespace CloudSage.PluginHost.Diagnostics.Looking;

/// <summary>Finds in a snapshot what holds the given versions.</summary>
internal sealed class LeakFinder(ProcessSnapshot snapshot, LeakAnalysisLimits limits, int ownThread, LookScope scope, CancellationToken cancellationToken)
{
    private const int PathsPerHolder = 12;
    private const int HoldersPerRoot = 3;
    private const int MaxFrames = 12;

    private readonly HeapView _heap = new(snapshot.Runtime, snapshot.Memory);

    public IReadOnlyList<LeakFindings> Find(IReadOnlyList<long> contexts)
    {
        var stacks = new ThreadStacks(snapshot, _heap, ownThread);
        var threads = new ThreadNames(_heap);
        var statics = new StaticFields(snapshot.Runtime);
        var delegates = new Delegates(_heap);
        var territories = contexts.Select(c => PluginTerritory.Find(_heap, c)).ToArray();
        PluginTerritory[] found = [.. territories.OfType<PluginTerritory>()];
        var search = new PathSearch(_heap, found, limits.MaxHolders * PathsPerHolder, cancellationToken);
        var paths = search.Run([.. RootSet.Of(_heap, stacks, withThreadStatics: scope != LookScope.WithoutThreads)]);

        var results = new List<LeakFindings>();
        foreach (var territory in territories)
        {
            if (territory is null)
            {
                results.Add(new LeakFindings([], "It left memory while it was looked for."));
                continue;
            }

            var names = new PathNames(_heap, statics, delegates, threads, territory, limits.MaxDepth);
            var holders = new List<LeakHolder>();
            var running = new HashSet<uint>();
            foreach (var thread in stacks.Threads)
            {
                if (OfThread(thread, stacks.FramesOf(thread), territory, threads) is not { } holder) continue;
                holders.Add(holder);
                running.Add(thread.OSThreadId);
            }

            holders.AddRange(OfPaths(paths[Array.IndexOf(found, territory)], names, territory, running, holders.Count > 0));
            var kept = holders.DistinctBy(static h => h.Path).Take(limits.MaxHolders).ToArray();
            results.Add(new LeakFindings(kept, Shortfall(kept.Length, search)));
        }

        return results;
    }

    private string? Shortfall(int holders, PathSearch search)
    {
        if (scope != LookScope.Whole) return $"{(scope == LookScope.WithoutStacks ? "The stacks" : "Stacks and static fields")} of threads were not looked at: the copy of the process was torn there.";
        if (search.IsIncomplete) return $"The look was cut short by its deadline after {search.Visited} objects.";
        return holders == 0 ? "Nothing that can be seen holds it: it may be leaving just now, or be held by native code." : null;
    }

    private static LeakHolder? OfThread(ClrThread thread, IReadOnlyList<ClrMethod> frames, PluginTerritory territory, ThreadNames threads)
    {
        var own = frames.FirstOrDefault(f => territory.Owns(f.Type));
        return own is null ? null : new LeakHolder(LeakHolderKind.Thread, $"{threads.Of(thread)} running {TypeText.Of(own)}", Remedy.For(LeakHolderKind.Thread))
        {
            Stack = [.. frames.Take(MaxFrames).Select(TypeText.Of)],
        };
    }

    /// <summary>
    /// A few of each root, those that hold the plugin itself before those that hold its load context alone. What merely lies on a stack is
    /// named only where nothing else is: it may be what is left of a call that has ended.
    /// </summary>
    private static IEnumerable<LeakHolder> OfPaths(IReadOnlyList<HeldPath> paths, PathNames names, PluginTerritory territory, HashSet<uint> running, bool named)
    {
        HeldPath[] all = [.. paths.Where(p => p.Root is not { Kind: RootKind.Stack, Thread: { } thread } || !running.Contains(thread.OSThreadId)).Select(names.Trim)];
        HeldPath[] sure = [.. all.Where(p => !p.Root.IsTransient || names.HostObject(p) >= 0)];
        return (named || sure.Length > 0 ? sure : all)
            .OrderBy(p => p.Objects[^1] == territory.Context)
            .GroupBy(static p => (p.Root, p.Objects.ElementAtOrDefault(1)))
            .SelectMany(static g => g.Take(HoldersPerRoot))
            .Select(new HolderText(names).Of);
    }
}
