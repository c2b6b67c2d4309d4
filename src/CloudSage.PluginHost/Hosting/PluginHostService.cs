using CloudSage.PluginHost.Lifecycle;
using CloudSage.PluginHost.Registration.Auditing;
using CloudSage.PluginHost.Registration.Placing;
using CloudSage.PluginHost.Services;
using CloudSage.PluginHost.Triggers;
using CloudSage.PluginHost.Unloading;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Hosting;

/// <summary>Starts and stops the host with the application, and owns its loops.</summary>
internal sealed class PluginHostService(
    PluginCoordinator coordinator,
    UnloadVerifier verifier,
    LeakReporting leaks,
    TriggerService triggers,
    UnhandledExceptionGuard guard,
    AuditTrail audit,
    ServicePublisher services,
    FolderRecovery recovery,
    ConfigurationWatch configuration,
    IOptions<PluginHostOptions> options,
    TimeProvider clock,
    ILogger<PluginHostService> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _verifying = new();
    private Task _coordinating = Task.CompletedTask;
    private Task _verification = Task.CompletedTask;
    private Task _reporting = Task.CompletedTask;
    private Task _auditing = Task.CompletedTask;
    private Task _publishing = Task.CompletedTask;

    /// <summary>Whether the coordinator's loop is running, for health.</summary>
    public bool IsRunning => !_coordinating.IsCompleted;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.GuardUnhandledExceptions) guard.Install();
        configuration.Begin();
        recovery.Run();
        coordinator.Load();
        _auditing = Task.Run(audit.RunAsync, CancellationToken.None);
        _publishing = Task.Run(services.RunAsync, CancellationToken.None);
        verifier.Leaked += leaks.Leaks;
        _verification = Task.Run(() => verifier.RunAsync(_verifying.Token), CancellationToken.None);
        _reporting = Task.Run(() => leaks.RunAsync(_verifying.Token), CancellationToken.None);
        await triggers.StartAsync(cancellationToken).ConfigureAwait(false);
        _coordinating = Task.Run(coordinator.RunAsync, CancellationToken.None);
        await WaitForPluginsAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets runs and calls in flight finish until the deadline, then cancels them, and unloads every plugin.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.Lifecycle.ShutdownDeadline, clock);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        await triggers.StopAsync(deadline.Token).ConfigureAwait(false);
        coordinator.BeginStop(deadline.Token);
        await _coordinating.ConfigureAwait(false);
        services.End();
        await _publishing.ConfigureAwait(false);
        await _verifying.CancelAsync().ConfigureAwait(false);
        await _verification.ConfigureAwait(false);
        await _reporting.ConfigureAwait(false);
        verifier.Leaked -= leaks.Leaks;
        audit.End();
        await _auditing.ConfigureAwait(false);
    }

    public void Dispose() => _verifying.Dispose();

    private async Task WaitForPluginsAsync(CancellationToken cancellationToken)
    {
        var wait = options.Value.StartupWait;
        if (wait == TimeSpan.Zero) return;
        var synchronized = coordinator.ExecuteAsync(static _ => { }, rescan: true, cancellationToken);
        try
        {
            await synchronized.WaitAsync(wait, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The application is stopped while it starts: its stop retires what has started so far.
        }
        catch (TimeoutException)
        {
            // Plugins that need longer go on starting beside the running host.
            logger.StillStarting(wait);
        }
    }
}
