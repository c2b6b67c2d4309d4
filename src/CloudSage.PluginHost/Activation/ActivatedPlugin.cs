using CloudSage.PluginHost.Loading;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Verification;
using CloudSage.Plugins;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Activation;

/// <summary>
/// A plugin's container and its entry object. Every step into the plugin runs as <see cref="PluginCode"/>: with a deadline,
/// and with text as all that comes back of a failure.
/// </summary>
internal sealed class ActivatedPlugin : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly StragglerList _stragglers = new();
    private readonly PluginDescriptor _plugin;
    private readonly ActivationOptions _options;
    private readonly TimeProvider _clock;
    private readonly PluginClock _pluginClock;
    private readonly PluginScope _scope;
    private readonly ILogger _logger;
    private readonly PluginLoggerFactory _pluginLogging;
    private ServiceProvider? _services;
    private HostedServices? _hosted;
    private object? _entry;
    private volatile bool _isStopped;

    public ActivatedPlugin(
        PluginDescriptor plugin, PermissionGate gate, PluginLoggerFactory pluginLogging, ActivationOptions options, TimeProvider clock, ILogger logger)
    {
        (_plugin, Gate, _pluginLogging, _options, _clock, _logger) = (plugin, gate, pluginLogging, options, clock, logger);
        _pluginClock = new PluginClock(clock);
        _scope = new PluginScope(plugin, _pluginClock, logger, _stopping.Token);
    }

    public PermissionGate Gate { get; }

    /// <summary>What the plugin holds and runs beyond its calls.</summary>
    public PluginScope Scope => _scope;

    /// <summary>The clock that the plugin gets.</summary>
    public TimeProvider Clock => _pluginClock;

    /// <summary>The entry object. Use it where it is needed and keep it nowhere.</summary>
    public object Entry => _entry ?? throw new ObjectDisposedException(nameof(ActivatedPlugin));

    /// <summary>What was told to end, was waited for, and still runs.</summary>
    public IReadOnlyList<Straggler> Stragglers => _stragglers.Running;

    /// <summary>Registers the plugin's services, makes its entry object and starts it. Call it as plugin code.</summary>
    public async ValueTask<bool> CreateAsync(PluginEntry entry, IServiceCollection services, PluginContext context, CancellationToken cancellationToken)
    {
        if (entry.StartupType is { } startup)
        {
            ((IPluginStartup)Activator.CreateInstance(startup)!).ConfigureServices(services, context);
            _hosted = HostedServices.In(services);
        }

        services.AddSingleton(entry.Type);
        var container = services.BuildServiceProvider();
        // Given up meanwhile, the plugin is stopped already: nobody else would dispose what was made too late, nor stop what starts too late.
        Interlocked.Exchange(ref _services, container);
        if (_isStopped) await DisposeServicesAsync().ConfigureAwait(false);
        var made = container.GetRequiredService(entry.Type);
        _entry = made;
        Interlocked.MemoryBarrier();
        if (_isStopped)
        {
            _entry = null;
            await DisposeServicesAsync().ConfigureAwait(false);
            throw new OperationCanceledException(cancellationToken);
        }

        if (_hosted is { } hosted) await hosted.StartAsync(container, _scope, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (made is IPluginLifecycle lifecycle) await lifecycle.StartAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Notes that a step into the plugin was given up before it returned.</summary>
    public void LeaveBehind(string what, Task ended) => _stragglers.Add(what, ended);

    /// <summary>Asks the plugin for its health. A plugin that has no health check is healthy.</summary>
    public async Task<PluginHealth> CheckHealthAsync(CancellationToken cancellationToken)
    {
        if (_entry is not IPluginHealthCheck) return PluginHealth.Healthy;
        var result = await PluginCode.RunAsync(ActivationCodes.HealthCheckFailed,
            token => _entry is IPluginHealthCheck check ? check.CheckHealthAsync(token) : ValueTask.FromResult(PluginHealth.Healthy),
            _options.HealthDeadline, _clock, cancellationToken).ConfigureAwait(false);
        if (result.Status is PluginCodeStatus.TimedOut or PluginCodeStatus.Cancelled) LeaveBehind("CheckHealthAsync", result.Ended);
        return result.Status switch
        {
            PluginCodeStatus.Completed => result.Value ?? PluginHealth.Unhealthy("The health check answered nothing."),
            PluginCodeStatus.Cancelled => PluginHealth.Unhealthy("The health check was given up."),
            _ => PluginHealth.Unhealthy($"{result.Fault!.ExceptionType}: {result.Fault.Message}"),
        };
    }

    /// <summary>
    /// Stops and disposes the plugin, step by step and each within its deadline: what it started is asked to end, awaited, and at last
    /// taken away. Failures are logged, for nothing can be done about them.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopped = true;
        Interlocked.MemoryBarrier();
        var signalled = SignalStoppingAsync();
        if (_entry is IPluginLifecycle)
        {
            await StepAsync("StopAsync", async token =>
            {
                if (_entry is IPluginLifecycle lifecycle) await lifecycle.StopAsync(token).ConfigureAwait(false);
            }, cancellationToken).ConfigureAwait(false);
        }

        if (_hosted is not null)
            await StepAsync("StopAsync of its hosted services", token => _hosted?.StopAsync(token) ?? Task.CompletedTask, cancellationToken).ConfigureAwait(false);
        foreach (var (what, ended) in await _scope.EndWorkAsync(_options.StopDeadline, cancellationToken).ConfigureAwait(false))
            GiveUp(what, $"No end within {_options.StopDeadline}.", ended);

        Gate.Close();
        if (_scope.HasResources) await StepAsync("disposal of what it registered", _ => _scope.DisposeResourcesAsync(), cancellationToken).ConfigureAwait(false);
        await StepAsync("disposal", _ => DisposeServicesAsync(), cancellationToken).ConfigureAwait(false);
        LeaveBehind("a callback on PluginContext.Stopping", signalled);
        Dispose();
    }

    /// <summary>Lets go of every object of the plugin's.</summary>
    public void Dispose()
    {
        (_entry, _services, _hosted) = (null, null, null);
        _scope.LetGo();
        _pluginClock.StopTimers();
        _pluginLogging.Dispose();
    }

    /// <summary>Tells the plugin that the end is near: cancels <see cref="PluginContext.Stopping"/>.</summary>
    private async Task SignalStoppingAsync()
    {
        try
        {
            await _stopping.CancelOnPoolAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Callbacks that the plugin registered on its token threw; stopping goes on.
            var fault = PluginFault.From(ActivationCodes.StartFailed, e, _clock.GetUtcNow());
            _logger.StepFailed(_plugin.Name, _plugin.Manifest.Version, "a cancellation callback", fault.ExceptionType, ShownText.Escape(fault.Message));
        }
    }

    private async Task DisposeServicesAsync()
    {
        if (Interlocked.Exchange(ref _services, null) is { } services) await services.DisposeAsync().ConfigureAwait(false);
    }

    private async Task StepAsync(string step, Func<CancellationToken, Task> code, CancellationToken cancellationToken)
    {
        var result = await PluginCode.RunAsync(ActivationCodes.StartFailed, async token =>
        {
            await code(token).ConfigureAwait(false);
            return true;
        }, _options.StopDeadline, _clock, cancellationToken).ConfigureAwait(false);
        if (result.Status is PluginCodeStatus.TimedOut or PluginCodeStatus.Cancelled)
            GiveUp(step, result.Fault?.Message ?? "given up", result.Ended);
        else if (result.Fault is { } fault)
            _logger.StepFailed(_plugin.Name, _plugin.Manifest.Version, step, fault.ExceptionType, ShownText.Escape(fault.Message));
    }

    private void GiveUp(string step, string reason, Task ended)
    {
        _logger.LeftBehind(_plugin.Name, _plugin.Manifest.Version, step, reason);
        LeaveBehind(step, ended);
    }
}
