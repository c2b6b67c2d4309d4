using CloudSage.PluginHost.Runtimes;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>The newest snapshot of every plugin's status. Written by the coordinator, read by anyone without waiting.</summary>
internal sealed class StatusBoard
{
    private IReadOnlyList<StatusEntry> _entries = [];

    public void Post(IReadOnlyList<StatusEntry> entries) => Volatile.Write(ref _entries, entries);

    /// <summary>The statuses, with the call counters and grants as they are at this moment.</summary>
    public IReadOnlyList<PluginStatus> Read() => [.. Volatile.Read(ref _entries).Select(static e => e.Read())];

    /// <summary>The versions that serve.</summary>
    public IEnumerable<IRunningPlugin> Running => Volatile.Read(ref _entries).Select(static e => e.Running).OfType<IRunningPlugin>();

    public PluginStatus? Find(string name) => Volatile.Read(ref _entries).FirstOrDefault(e => e.Status.Name == name)?.Read();
}

/// <summary>A status, and the version that serves.</summary>
internal sealed record StatusEntry(PluginStatus Status, IRunningPlugin? Running)
{
    public PluginStatus Read() => Running is not { Target: { } target } ? Status : Status with
    {
        GrantedPermissions = Running.GrantedPermissions,
        CallCount = target.Calls,
        FaultCount = target.Faults,
        LastFault = Latest(target.LastFault, Running.LastFault),
        CallsInFlight = target.Leases.Count,
    };

    private static PluginFault? Latest(PluginFault? ofCalls, PluginFault? ofTheRest)
        => ofCalls is null || ofTheRest?.At > ofCalls.At ? ofTheRest : ofCalls;
}
