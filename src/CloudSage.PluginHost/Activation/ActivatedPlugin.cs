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
    private readonly PluginDescriptor _plugin;
    private readonly ActivationOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly PluginLoggerFactory _pluginLogging;
    private ServiceProvider? _services;
    private object? _entry;
    private volatile bool _isStopped;

    public ActivatedPlugin(
        PluginDescriptor plugin, PermissionGate gate, PluginLoggerFactory pluginLogging, ActivationOptions options, TimeProvider clock, ILogger logger)
    {
        (_plugin, Gate, _pluginLogging, _options, _clock, _logger) = (plugin, gate, pluginLogging, options, clock, logger);
    }

    public PermissionGate Gate { get; }

    /// <summary>Cancelled when the host begins to stop the plugin.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>The entry object. Use it where it is needed and keep it nowhere.</summary>
    public object Entry => _entry ?? throw new ObjectDisposedException(nameof(ActivatedPlugin));

    /// <summary>Registers the plugin's services, makes its entry object and starts it. Call it as plugin code.</summary>
    public async ValueTask<bool> CreateAsync(PluginEntry entry, IServiceCollection services, PluginContext context, CancellationToken cancellationToken)
    {
        if (entry.StartupType is { } startup)
            ((IPluginStartup)Activator.CreateInstance(startup)!).ConfigureServices(services, context);
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

        if (made is IPluginLifecycle lifecycle) await lifecycle.StartAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Asks the plugin for its health. A plugin that has no health check is healthy.</summary>
    public async Task<PluginHealth> CheckHealthAsync(CancellationToken cancellationToken)
    {
        if (_entry is not IPluginHealthCheck) return PluginHealth.Healthy;
        var result = await PluginCode.RunAsync(ActivationCodes.HealthCheckFailed,
            token => _entry is IPluginHealthCheck check ? check.CheckHealthAsync(token) : ValueTask.FromResult(PluginHealth.Healthy),
            _options.HealthDeadline, _clock, cancellationToken).ConfigureAwait(false);
        return result.Status switch
        {
            PluginCodeStatus.Completed => result.Value ?? PluginHealth.Unhealthy("The health check answered nothing."),
            PluginCodeStatus.Cancelled => PluginHealth.Unhealthy("The health check was given up."),
            _ => PluginHealth.Unhealthy($"{result.Fault!.ExceptionType}: {result.Fault.Message}"),
        };
    }

    /// <summary>Tells the plugin that the end is near: cancels <see cref="PluginContext.Stopping"/>.</summary>
    public async Task SignalStoppingAsync()
    {
        try
        {
            await _stopping.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Callbacks that the plugin registered on its token threw; stopping goes on.
            var fault = PluginFault.From(ActivationCodes.StartFailed, e, _clock.GetUtcNow());
            _logger.StepFailed(_plugin.Name, _plugin.Manifest.Version, "a cancellation callback", fault.ExceptionType, ShownText.Escape(fault.Message));
        }
    }

    /// <summary>Stops and disposes the plugin, each within its deadline. Failures are logged, for nothing can be done about them.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopped = true;
        Interlocked.MemoryBarrier();
        _ = SignalStoppingAsync();
        if (_entry is IPluginLifecycle)
        {
            await StepAsync("StopAsync", async token =>
            {
                if (_entry is IPluginLifecycle lifecycle) await lifecycle.StopAsync(token).ConfigureAwait(false);
            }, cancellationToken).ConfigureAwait(false);
        }

        Gate.Close();
        await StepAsync("disposal", _ => DisposeServicesAsync(), cancellationToken).ConfigureAwait(false);
        Dispose();
    }

    /// <summary>Lets go of every object of the plugin's.</summary>
    public void Dispose()
    {
        _entry = null;
        _services = null;
        _pluginLogging.Dispose();
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
        var (name, version) = (_plugin.Name, _plugin.Manifest.Version);
        if (result.Status is PluginCodeStatus.TimedOut or PluginCodeStatus.Cancelled)
            _logger.LeftBehind(name, version, step, result.Fault?.Message ?? "given up");
        else if (result.Fault is { } fault)
            _logger.StepFailed(name, version, step, fault.ExceptionType, ShownText.Escape(fault.Message));
    }
}
