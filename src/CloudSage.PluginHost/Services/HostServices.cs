namespace CloudSage.PluginHost.Services;

/// <summary>All that one host serves at a moment.</summary>
/// <param name="Host">The host.</param>
/// <param name="At">When it said so, UTC.</param>
/// <param name="Expires">
/// Until when it counts, UTC. A host that lives says it again long before; what has expired is of one that died, or that cannot reach the registry.
/// </param>
/// <param name="Services">What it serves: one entry for each plugin, by name.</param>
public sealed record HostServices(ServiceHost Host, DateTimeOffset At, DateTimeOffset Expires, IReadOnlyList<ServiceEntry> Services)
{
    /// <summary>Whether it still counts.</summary>
    /// <param name="now">The time, UTC.</param>
    /// <returns>False where the host has not spoken for too long.</returns>
    public bool IsCurrent(DateTimeOffset now) => now < Expires;
}

/// <summary>One run of a host. After a restart it is another.</summary>
/// <param name="Instance">What tells this run from every other.</param>
/// <param name="Environment">The host's environment, such as <c>production</c>.</param>
/// <param name="Version">The version of the engine.</param>
/// <param name="Machine">The machine's name.</param>
/// <param name="ProcessId">The process on that machine.</param>
/// <param name="StartedAt">When the host started, UTC.</param>
public sealed record ServiceHost(string Instance, string Environment, string Version, string Machine, int ProcessId, DateTimeOffset StartedAt);
