using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using CloudSage.PluginHost.Unloading.Eviction;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Unloading;

/// <summary>Frees a stopped plugin of what it left behind in the process, cause by cause, in the order in which the evictors are registered.</summary>
internal sealed class PluginEviction(IEnumerable<IEvictor> evictors, IOptionsMonitor<UnloadOptions> options, ILogger<PluginEviction> logger)
{
    private readonly IEvictor[] _evictors = [.. evictors];

    /// <summary>Runs the evictors that the options allow.</summary>
    /// <param name="departure">Takes what was removed, and what failed.</param>
    /// <param name="context">The plugin's load context.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Run(Departure departure, AssemblyLoadContext context)
    {
        var assistance = options.CurrentValue.Assistance;
        if (assistance == UnloadAssistance.Off) return;
        var ownership = new PluginOwnership(context);
        foreach (var evictor in _evictors)
        {
            if (evictor.Kind == EvictionKind.Registration && assistance != UnloadAssistance.Full) continue;
            Run(evictor, departure, ownership);
        }
    }

    /// <summary>Runs them once more on a version that is unloaded and still there.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void RunAgain(Departure departure)
    {
        if (departure.Context.Target is AssemblyLoadContext context) Run(departure, context);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Run(IEvictor evictor, Departure departure, PluginOwnership plugin)
    {
        try
        {
            departure.Note(evictor.Cause, evictor.Evict(plugin));
        }
        catch (Exception e)
        {
            // A shape of the runtime's that is not as expected, or a comparer of the plugin's that throws: the unload goes on without it.
            // Text only: the exception may have passed through the plugin's own frames.
            var finding = Finding.Warning(UnloadingCodes.EvictionFailed,
                $"{departure.Plugin} {departure.Version} could not be freed of its {evictor.Cause}: {e.GetType().Name}: {e.Message}",
                "If the plugin stays in memory, report a defect of the host with this message and the runtime's version.");
            departure.Note(finding);
            logger.EvictionFailed(finding.Code, finding.Message);
        }
    }
}
