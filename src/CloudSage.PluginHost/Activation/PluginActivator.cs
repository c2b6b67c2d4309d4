using System.Diagnostics.Metrics;
using CloudSage.PluginHost.Loading;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Registration.Auditing;
using CloudSage.PluginHost.Verification;
using CloudSage.Plugins;
using CloudSage.Plugins.Permissions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Activation;

/// <summary>Makes a loaded plugin ready to serve: settings, container, entry object, start, first health check.</summary>
internal sealed class PluginActivator(
    CapabilityCatalog capabilities,
    PermissionPolicy policy,
    AuditTrail audit,
    IOptionsMonitor<ActivationOptions> options,
    TimeProvider clock,
    ILoggerFactory logging)
{
    private readonly ILogger _logger = logging.CreateLogger<PluginActivator>();

    /// <summary>Activates the plugin, or says why it cannot be. After a failure the plugin is stopped and disposed, but still loaded.</summary>
    public async Task<ActivationOutcome> ActivateAsync(LoadedPlugin loaded, PluginDescriptor plugin, CancellationToken cancellationToken)
    {
        var current = options.CurrentValue;
        var settings = SettingsResolver.Resolve(plugin.Manifest, current);
        if (settings.Value is null) return new ActivationOutcome(null, settings.Findings, []);

        var gate = new PermissionGate(plugin, policy, audit, _logger);
        var pluginLogging = new PluginLoggerFactory(logging);
        var activated = new ActivatedPlugin(plugin, gate, pluginLogging, current, clock, _logger);
        var context = new PluginContext(plugin.Name, plugin.Manifest.Version, settings.Value, plugin.Directory,
            Path.GetFullPath(Path.Combine(current.DataDirectory, plugin.Name)), activated.Scope);
        var services = Services(context, gate, activated.Clock, pluginLogging);

        var finding = await StartAsync(activated, loaded, services, context, gate, current.StartDeadline, cancellationToken).ConfigureAwait(false);
        if (finding is null)
        {
            var health = await activated.CheckHealthAsync(cancellationToken).ConfigureAwait(false);
            if (health.IsHealthy) return new ActivationOutcome(activated, settings.Findings, []);
            finding = Finding.Error(ActivationCodes.Unhealthy, $"{plugin.Name} {plugin.Manifest.Version} says that it is not healthy: {health.Message}",
                "Mend what it says, then retry the plugin.");
        }

        await activated.StopAsync(CancellationToken.None).ConfigureAwait(false);
        return new ActivationOutcome(null, [finding], activated.Stragglers);
    }

    private ServiceCollection Services(PluginContext context, PermissionGate gate, TimeProvider pluginClock, PluginLoggerFactory pluginLogging)
    {
        var services = new ServiceCollection();
        services.AddSingleton(context);
        services.AddSingleton(context.Settings);
        services.AddSingleton(pluginClock);
        // Made when it is first asked for, and disposed with the container.
        services.AddSingleton<IMeterFactory>(static s => MetersOf(s.GetRequiredService<PluginContext>()));
        services.AddSingleton<ILoggerFactory>(pluginLogging);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton(pluginLogging.CreateLogger(context.Name));
        capabilities.AddTo(services, gate, context.Name);
        return services;
    }

    private static PluginMeterFactory MetersOf(PluginContext context) => new(context.Name, context.Version);

    private async Task<Finding?> StartAsync(
        ActivatedPlugin activated, LoadedPlugin loaded, ServiceCollection services, PluginContext context, PermissionGate gate, TimeSpan deadline, CancellationToken cancellationToken)
    {
        Finding? refusal = null;
        var result = await PluginCode.RunAsync(ActivationCodes.StartFailed, async token =>
        {
            try
            {
                return await activated.CreateAsync(loaded.Entry, services, context, token).ConfigureAwait(false);
            }
            catch (Exception e) when (Explain(e, context, gate) is { } explained)
            {
                // A refusal of the host's own, on its way through the plugin's container: it has a remedy, so it is no fault of the plugin's.
                refusal = explained;
                return false;
            }
        }, deadline, clock, cancellationToken).ConfigureAwait(false);

        if (result is { Status: PluginCodeStatus.Faulted, Fault: { } fault })
            _logger.StepFailed(context.Name, context.Version, "start", fault.ExceptionType, ShownText.EscapeLines(fault.Detail));
        if (result.Status is PluginCodeStatus.TimedOut or PluginCodeStatus.Cancelled) activated.LeaveBehind("its start", result.Ended);
        return result.Status switch
        {
            PluginCodeStatus.Completed => refusal,
            PluginCodeStatus.Cancelled => Finding.Error(ActivationCodes.StartTimedOut, $"The start of {context.Name} was given up: the host stops.", "Start the host again."),
            PluginCodeStatus.TimedOut => Finding.Error(ActivationCodes.StartTimedOut, $"{context.Name} {context.Version} was not ready after {deadline}.",
                "Make its StartAsync return early and obey its token, or raise PluginHost:Activation:StartDeadline."),
            _ => Finding.Error(ActivationCodes.StartFailed,
                $"{context.Name} {context.Version} failed to start: {result.Fault!.ExceptionType}: {result.Fault.Message}",
                "Mend the plugin; the log has its stack."),
        };
    }

    private static Finding? Explain(Exception exception, PluginContext context, PermissionGate gate)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is PermissionDeniedException { Permission: { } permission }) return gate.Explain(permission);
            if (e is CapabilityNotOfferedException) return Finding.Error(ActivationCodes.CapabilityNotOffered, e.Message, "Register the service in the host, or do without the plugin.");
            if (e is InvalidOperationException && e.Source == typeof(ServiceProvider).Assembly.GetName().Name)
                return Finding.Error(ActivationCodes.ServiceMissing, $"{context.Name} {context.Version}: {e.Message}",
                    "Register the service in the plugin's IPluginStartup.ConfigureServices, or take it out of the constructor.");
        }

        return null;
    }
}

/// <summary>What came of an activation.</summary>
/// <param name="Plugin">The plugin, ready to serve; null where it failed.</param>
/// <param name="Findings">Why it failed, or what else was found.</param>
/// <param name="Stragglers">What of a failed one still runs.</param>
internal sealed record ActivationOutcome(ActivatedPlugin? Plugin, IReadOnlyList<Finding> Findings, IReadOnlyList<Straggler> Stragglers);
