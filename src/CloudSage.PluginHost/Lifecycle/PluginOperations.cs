using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Runtimes;
using CloudSage.PluginHost.Unloading;
using CloudSage.PluginHost.Verification;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>The three things that are done to plugins: prepare, start, retire. Run beside the coordinator's loop; none of them ever throws.</summary>
internal sealed class PluginOperations : IDisposable
{
    private readonly PluginPreparation _preparation;
    private readonly PreparationContext _context;
    private readonly Dictionary<string, IPluginRuntime> _runtimes;
    private readonly PluginRetirement _retirement;
    private readonly UnloadVerifier _verifier;
    private readonly ActivationJournal _journal;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _preparing = new(Environment.ProcessorCount);
    private readonly SemaphoreSlim _starting;

    public PluginOperations(
        PluginPreparation preparation, IEnumerable<IPluginRuntime> runtimes, PluginRetirement retirement, UnloadVerifier verifier,
        ActivationJournal journal, StatusBoard board, IOptions<LifecycleOptions> options, TimeProvider clock, ILogger<PluginOperations> logger)
    {
        _preparation = preparation;
        _context = new PreparationContext { Serving = name => board.Running.FirstOrDefault(p => p.Descriptor.Name == name)?.Descriptor.Manifest.Permissions.Select(static p => p.Name).ToArray() };
        _runtimes = runtimes.ToDictionary(static r => r.Language, StringComparer.Ordinal);
        (_retirement, _verifier, _journal, _clock, _logger) = (retirement, verifier, journal, clock, logger);
        _starting = new SemaphoreSlim(options.Value.MaxParallelStarts);
    }

    /// <summary>From now on, no two plugins are activated at once. Call it before anything is started.</summary>
    public void StartOneAtATime()
    {
        while (_starting.CurrentCount > 1) _starting.Wait(0);
    }

    /// <summary>Stages and verifies a candidate.</summary>
    public async Task<Preparation> PrepareAsync(PluginCandidate candidate, CancellationToken cancellationToken)
    {
        try
        {
            await _preparing.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await _preparation.PrepareAsync(candidate, _context, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _preparing.Release();
            }
        }
        catch (Exception e)
        {
            // Input and output, or a defect: one plugin's trouble must not end the coordinator.
            return Preparation.Failed(Unexpected(candidate.Path, e));
        }
    }

    /// <summary>Asks checks again about a version that was let in.</summary>
    /// <returns>What they find now; null where the host stops or failed itself, so that nothing is known.</returns>
    public async Task<PluginReview?> ReviewAsync(PreparedPlugin plugin, IReadOnlyCollection<RegistrationStep> steps, CancellationToken cancellationToken)
    {
        try
        {
            await _preparing.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await _preparation.ReviewAsync(plugin, steps, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _preparing.Release();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops: nobody asks any more.
            return null;
        }
        catch (Exception e)
        {
            // A defect, for checks answer for themselves: what was known of the plugin goes on counting.
            Unexpected(plugin.Descriptor.Source, e);
            return null;
        }
    }

    /// <summary>Loads and activates a version.</summary>
    public async Task<RuntimeStart> StartAsync(PluginDescriptor plugin, CancellationToken cancellationToken)
    {
        try
        {
            await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await StartMarkedAsync(plugin, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _starting.Release();
            }
        }
        catch (Exception e)
        {
            // Input and output, or a defect: one plugin's trouble must not end the coordinator.
            return new RuntimeStart(null, [Unexpected(plugin.Source, e)]);
        }
    }

    /// <summary>Takes a version out of service and has its departure watched.</summary>
    public async Task RetireAsync(IRunningPlugin plugin, CancellationToken cancellationToken)
    {
        try
        {
            if (await _retirement.RetireAsync(plugin, cancellationToken).ConfigureAwait(false) is { } departure)
                _verifier.Watch(departure);
        }
        catch (Exception e)
        {
            // A defect: the version is out of the table already, so no call can reach it.
            Unexpected(plugin.Descriptor.Source, e);
        }
    }

    public void Dispose()
    {
        _preparing.Dispose();
        _starting.Dispose();
    }

    private async Task<RuntimeStart> StartMarkedAsync(PluginDescriptor plugin, CancellationToken cancellationToken)
    {
        if (!_runtimes.TryGetValue(plugin.Manifest.Language, out var runtime))
        {
            return new RuntimeStart(null, [Finding.Error(LifecycleCodes.NoRuntime,
                $"No runtime of this host runs plugins written for {plugin.Manifest.Language}.",
                $"This host runs: {string.Join(", ", _runtimes.Keys.Order(StringComparer.Ordinal))}.", plugin.Manifest.Locate("entry_point"))]);
        }

        using var mark = _journal.Begin(new ActivationMark(plugin.Name, plugin.Manifest.Version, plugin.Hash, _clock.GetUtcNow()));
        var start = await runtime.StartAsync(plugin, cancellationToken).ConfigureAwait(false);
        if (start.Remains is { } remains) _verifier.Watch(_retirement.Unload(plugin, remains, start.Stragglers ?? []));
        return start with { Remains = null, Stragglers = null };
    }

    private Finding Unexpected(string source, Exception e)
    {
        _logger.OperationFailed(source, e);
        return Finding.Error(LifecycleCodes.HostFailure, $"The host failed: {e.GetType().Name}: {e.Message}",
            "Look at the host's log; if it is no input or output error, report a defect.", new FindingLocation(source));
    }
}
