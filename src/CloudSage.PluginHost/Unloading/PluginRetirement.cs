using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using CloudSage.PluginHost.Activation;
using CloudSage.PluginHost.Loading;
using CloudSage.PluginHost.Runtimes;
using CloudSage.PluginHost.Verification;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Unloading;

/// <summary>Takes one version of a plugin out of service: drain, stop, dispose, unload. It must be out of the extension table already.</summary>
internal sealed class PluginRetirement(PluginEviction eviction, NativeLibraries natives, IOptionsMonitor<UnloadOptions> options, TimeProvider clock, ILogger<PluginRetirement> logger)
{
    /// <summary>Retires the version.</summary>
    /// <param name="plugin">The running version.</param>
    /// <param name="cancellationToken">Cuts the waiting short: running calls are cancelled at once.</param>
    /// <returns>The version on its way out, to be watched until it is gone; null where that has no meaning.</returns>
    public async Task<Departure?> RetireAsync(IRunningPlugin plugin, CancellationToken cancellationToken)
    {
        await DrainAsync(plugin, cancellationToken).ConfigureAwait(false);
        plugin.Target.Detach();
        var stragglers = await plugin.StopAsync().ConfigureAwait(false);
        // After the stop: calls that ignored their token may have heeded the plugin's own.
        var leases = plugin.Target.Leases;
        if (!leases.Drained.IsCompleted) stragglers = [.. stragglers, new Straggler($"{leases.Count} call(s)", leases.Drained)];
        return Unload(plugin.Descriptor, plugin.Unload, stragglers);
    }

    /// <summary>Unloads what never served: all that is left of a failed start, stopped already.</summary>
    /// <param name="plugin">The version.</param>
    /// <param name="remains">What its start left.</param>
    /// <param name="stragglers">What of it still runs.</param>
    public Departure Unload(PluginDescriptor plugin, LoadedPlugin remains, IReadOnlyList<Straggler> stragglers) => Unload(plugin, remains.Unload, stragglers)!;

    private async Task DrainAsync(IRunningPlugin plugin, CancellationToken cancellationToken)
    {
        var (target, current) = (plugin.Target, options.CurrentValue);
        target.Leases.Close();
        if (await EndsAsync(target.Leases.Drained, current.DrainDeadline, cancellationToken).ConfigureAwait(false)) return;

        logger.DrainTimedOut(target.Plugin, target.Version, target.Leases.Count, current.DrainDeadline);
        target.Abandon();
        if (await EndsAsync(target.Leases.Drained, current.CancelDeadline, CancellationToken.None).ConfigureAwait(false)) return;
        logger.CallsLeftBehind(target.Plugin, target.Version, target.Leases.Count);
    }

    private async Task<bool> EndsAsync(Task task, TimeSpan deadline, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(deadline, clock, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // WaitAsync's ways to say that the wait is over and the task is not.
            return false;
        }
    }

    /// <summary>Looks at them while their files are still there.</summary>
    private Action? NativesOf(PluginDescriptor plugin)
    {
        NativePages? pages = null;
        try
        {
            pages = NativePages.Of(plugin.Directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The store is out of reach: memory that might have been given back stays. It must not keep the version from leaving.
        }

        var set = natives.Leave(plugin, pages?.Files ?? []);
        if (pages is null && set is null) return null;
        var (name, reuse) = (plugin.Name, options.CurrentValue.ReuseNativeLibraries);
        return () =>
        {
            pages?.Release();
            if (set is null) return;
            if (reuse) natives.GiveBack(name, set);
            else set.Delete();
        };
    }

    /// <summary>In a frame of its own, so that no register or stack slot of the caller keeps what is unloaded.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Departure? Unload(
        PluginDescriptor plugin, Func<Action<AssemblyLoadContext>, WeakReference?> unload, IReadOnlyList<Straggler> stragglers)
    {
        var departure = new Departure(plugin.Name, plugin.Manifest.Version, clock.GetTimestamp(), stragglers) { ReleaseNatives = NativesOf(plugin) };
        if (unload(context => eviction.Run(departure, context)) is not { } context) return null;
        departure.Leave(context);
        return departure;
    }
}
