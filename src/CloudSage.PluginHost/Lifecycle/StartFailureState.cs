using CloudSage.PluginHost.Activation;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>Tells a plugin that was refused, which the operator or a build mends, from one that failed while it ran.</summary>
internal static class StartFailureState
{
    private static readonly string[] Faults =
    [
        ActivationCodes.StartFailed, ActivationCodes.StartTimedOut, ActivationCodes.Unhealthy,
        ActivationCodes.HealthCheckFailed, LifecycleCodes.HostFailure,
    ];

    public static PluginState Of(IReadOnlyList<Finding> findings)
        => findings.Any(static f => Faults.Contains(f.Code, StringComparer.Ordinal)) ? PluginState.Faulted : PluginState.Rejected;
}
