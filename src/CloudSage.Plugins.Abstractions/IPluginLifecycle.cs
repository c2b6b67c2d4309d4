namespace CloudSage.Plugins;

/// <summary>Optional: implemented by the plugin's entry type to do work at start and at stop. Both have a deadline that the operator sets.</summary>
public interface IPluginLifecycle
{
    /// <summary>Called once, after construction and before the first call. Throwing refuses the activation.</summary>
    /// <param name="cancellationToken">Cancelled when the start deadline has passed or the host stops.</param>
    /// <returns>A task that ends when the plugin is ready to serve.</returns>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Called once, after the last call has ended. Stop what was started; what is still running afterwards keeps the plugin in memory.</summary>
    /// <param name="cancellationToken">Cancelled when the stop deadline has passed.</param>
    /// <returns>A task that ends when the plugin has stopped.</returns>
    Task StopAsync(CancellationToken cancellationToken);
}
