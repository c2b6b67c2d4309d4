namespace CloudSage.PluginHost;

/// <summary>
/// What runs, why something does not, and the operator's commands. Reading never blocks and never waits for a plugin.
/// Calls into plugins go through <see cref="Brokering.IExtensionBroker"/>.
/// </summary>
public interface IPluginHost
{
    /// <summary>Every plugin the host knows, by name.</summary>
    IReadOnlyList<PluginStatus> Plugins { get; }

    /// <summary>Finds a plugin by name.</summary>
    /// <param name="name">The plugin's name.</param>
    /// <returns>Its status; null where there is no such plugin.</returns>
    PluginStatus? Find(string name);

    /// <summary>Streams lifecycle events from now on. A subscriber that is too slow misses events, which the sequence numbers show; it never slows the host.</summary>
    /// <param name="cancellationToken">Ends the subscription.</param>
    /// <returns>The events.</returns>
    IAsyncEnumerable<PluginEvent> WatchAsync(CancellationToken cancellationToken);

    /// <summary>Looks at the plugin folders now and waits until everything that is there was acted on.</summary>
    /// <param name="cancellationToken">Gives up the wait, not the work.</param>
    /// <returns>A task that ends when nothing is left to do.</returns>
    Task SynchronizeAsync(CancellationToken cancellationToken);

    /// <summary>Lets a disabled plugin serve again. Kept across restarts.</summary>
    /// <param name="name">The plugin's name.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <returns>What came of it.</returns>
    Task<CommandOutcome> EnableAsync(string name, CancellationToken cancellationToken);

    /// <summary>Drains, stops and unloads a plugin and keeps it out of use. Kept across restarts and rescans.</summary>
    /// <param name="name">The plugin's name; it need not be there.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <returns>What came of it.</returns>
    Task<CommandOutcome> DisableAsync(string name, CancellationToken cancellationToken);

    /// <summary>Lifts a quarantine, and tries a faulted or rejected plugin again.</summary>
    /// <param name="name">The plugin's name.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <returns>What came of it.</returns>
    Task<CommandOutcome> RetryAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Looks into the process: what holds versions of a plugin that were unloaded, and what the version holds that serves. Takes up to seconds of
    /// one processor; calls go on meanwhile. Needs CloudSage.PluginHost.Diagnostics.
    /// </summary>
    /// <param name="name">The plugin's name.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <returns>What was found.</returns>
    Task<PluginDiagnosis> DiagnoseAsync(string name, CancellationToken cancellationToken);
}

/// <summary>What came of an operator's command.</summary>
/// <param name="Succeeded">Whether it did what was asked.</param>
/// <param name="Message">One line about it.</param>
public sealed record CommandOutcome(bool Succeeded, string Message);
