using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.PluginHost.Activation;

/// <summary>Registers the host's capabilities in a plugin's container. What was not granted is registered as a refusal that explains itself.</summary>
internal sealed class CapabilityCatalog(IServiceProvider host, IEnumerable<Capability> forwarded)
{
    private readonly IReadOnlyList<Capability> _capabilities = [.. Capability.BuiltIn, .. forwarded];

    /// <summary>The permissions that this host knows.</summary>
    public IReadOnlyList<string> Permissions => [.. _capabilities.Select(static c => c.Permission).OfType<string>().Distinct(StringComparer.Ordinal)];

    public void AddTo(IServiceCollection services, PermissionGate gate, string plugin)
    {
        foreach (var capability in _capabilities)
        {
            // Only host contracts are ever asked of the host's provider: asking it for a plugin's type would keep the plugin in memory.
            if (capability.IsForwarded && IsGranted(capability, gate) && host.GetService(capability.Contract) is { } service)
                // As an instance: a container disposes what its factories return, and the service is the host's.
                services.AddSingleton(capability.Contract, service);
            else
                services.AddSingleton(capability.Contract, _ => Create(capability, gate, plugin));
        }
    }

    private static bool IsGranted(Capability capability, PermissionGate gate)
        => capability.Permission is not { } permission || gate.Granted.Contains(permission, StringComparer.Ordinal);

    private object Create(Capability capability, PermissionGate gate, string plugin)
    {
        if (capability.Permission is { } permission) gate.Demand(permission);
        var inner = host.GetService(capability.Contract)
            ?? throw new CapabilityNotOfferedException($"This host offers no {capability.Contract.Name}.");
        return capability.Guard(inner, gate, plugin);
    }
}

/// <summary>Thrown inside a plugin's container where the host lacks the service behind a capability; turned into a finding at the boundary.</summary>
internal sealed class CapabilityNotOfferedException(string message) : Exception(message);
