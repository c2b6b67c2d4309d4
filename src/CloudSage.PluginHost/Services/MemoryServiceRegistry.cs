namespace CloudSage.PluginHost.Services;

/// <summary>What this host serves, for the process that it runs in. Get it from the application's services; reading never waits.</summary>
public sealed class MemoryServiceRegistry : IServiceRegistry
{
    private HostServices? _current;

    /// <summary>What the host serves; null before it has started, after it has stopped, and where <see cref="ServiceRegistryKind.None"/> is configured.</summary>
    public HostServices? Current => Volatile.Read(ref _current);

    /// <inheritdoc />
    public Task PublishAsync(HostServices services, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _current, services);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task WithdrawAsync(ServiceHost host, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _current, null);
        return Task.CompletedTask;
    }
}
