using CloudSage.PluginHost.Verification;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>Makes the plans. What should run is worked out again only when what is available has changed, or what the operator decided. For the loop alone.</summary>
internal sealed class PluginPlanner(CandidateIntake intake, PluginRegister register)
{
    private (IReadOnlyCollection<PluginDescriptor>? Available, HostState? State, bool IsStopping) _basis;
    private WantedPlugins? _wanted;

    public PluginPlan Make()
    {
        var basis = (intake.Available, register.State, register.IsStopping);
        if (_wanted is null || !ReferenceEquals(basis.Available, _basis.Available) || !ReferenceEquals(basis.State, _basis.State) || basis.IsStopping != _basis.IsStopping)
            (_wanted, _basis) = (WantedPlugins.Of(basis.Available, register.IsHeld), basis);
        return PluginPlan.Make(_wanted, register.Live);
    }
}
