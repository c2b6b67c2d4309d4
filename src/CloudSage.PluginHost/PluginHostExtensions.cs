namespace CloudSage.PluginHost;

/// <summary>What takes several steps on a plugin host.</summary>
public static class PluginHostExtensions
{
    /// <summary>
    /// Takes a plugin out of service, as <see cref="IPluginHost.DisableAsync"/> does, and waits until it is known whether it left memory. Takes as
    /// long as its calls need to end and <see cref="Unloading.UnloadOptions"/> allow them.
    /// </summary>
    /// <param name="host">The host.</param>
    /// <param name="name">The plugin's name.</param>
    /// <param name="cancellationToken">Gives up the wait, not the unload.</param>
    /// <returns>The verdict on the version that served; null where none did, or where the host has stopped.</returns>
    public static Task<UnloadVerdict?> UnloadAsync(this IPluginHost host, string name, CancellationToken cancellationToken)
        => host.VerdictAfterAsync(name, async token => (await host.DisableAsync(name, token).ConfigureAwait(false)).Succeeded, cancellationToken);

    /// <summary>Does what makes the serving version of a plugin leave, an upgrade for one, and waits until it is known whether it left memory.</summary>
    /// <param name="host">The host.</param>
    /// <param name="name">The plugin's name.</param>
    /// <param name="departure">What makes it leave; false where it will not leave after all.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <returns>The verdict on the version that served; null where none did, or where it did not leave.</returns>
    public static async Task<UnloadVerdict?> VerdictAfterAsync(
        this IPluginHost host, string name, Func<CancellationToken, Task<bool>> departure, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(departure);
        if (host.Find(name) is not { ExtensionPoints.Count: > 0, Version: { } version }) return null;
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Before the departure, so that no event of it is missed.
        var events = host.WatchAsync(watching.Token);
        try
        {
            if (!await departure(cancellationToken).ConfigureAwait(false)) return null;
            await foreach (var happened in events.ConfigureAwait(false))
            {
                if (happened.Plugin == name && happened.Version == version && IsVerdict(happened.Kind)) return host.Find(name)?.LastUnload;
            }

            return null;
        }
        finally
        {
            await watching.CancelAsync().ConfigureAwait(false);
        }
    }

    private static bool IsVerdict(PluginEventKind kind) => kind is PluginEventKind.Collected or PluginEventKind.Leaked or PluginEventKind.Quarantined;
}
