namespace CloudSage.PluginHost.Services;

/// <summary>
/// Where a host makes known what it serves: a file, a service mesh, a registry such as Consul. Register one as a service of the application, or several; each gets everything. The host calls one
/// method at a time, beside everything else: whatever a registry does, no plugin waits for it or fails with it.
/// </summary>
public interface IServiceRegistry
{
    /// <summary>
    /// Makes known all that the host serves now, in place of what it made known before. It comes with every change, and while nothing changes again and again, so that
    /// <see cref="HostServices.Expires"/> stays ahead. Of changes that come while it works only the last is handed over. What it throws is logged, and it is called again after a pause.
    /// </summary>
    /// <param name="services">Everything that the host serves.</param>
    /// <param name="cancellationToken">The deadline of <see cref="ServicePublishingOptions.Deadline"/>, or the host stops.</param>
    /// <returns>A task that ends when it is known.</returns>
    Task PublishAsync(HostServices services, CancellationToken cancellationToken);

    /// <summary>Takes back all that a host made known: it stops. A host that died is told by <see cref="HostServices.Expires"/>.</summary>
    /// <param name="host">The host.</param>
    /// <param name="cancellationToken">The deadline of <see cref="ServicePublishingOptions.Deadline"/>.</param>
    /// <returns>A task that ends when it is taken back.</returns>
    Task WithdrawAsync(ServiceHost host, CancellationToken cancellationToken);
}
