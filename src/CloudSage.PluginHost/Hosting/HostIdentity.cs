using CloudSage.PluginHost.Services;

namespace CloudSage.PluginHost.Hosting;

/// <summary>What this run of the host is called where it makes known what it serves.</summary>
internal static class HostIdentity
{
    public static ServiceHost Create(string environment, TimeProvider clock)
        => new(Guid.NewGuid().ToString("n"), environment, HostVersion.Current.ToString(), Environment.MachineName, Environment.ProcessId, clock.GetUtcNow());
}
