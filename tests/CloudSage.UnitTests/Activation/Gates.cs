using CloudSage.PluginHost.Activation;
using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Registration.Auditing;
using CloudSage.PluginHost.Verification;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CloudSage.UnitTests.Activation;

/// <summary>Makes gates without a host: no lock file, and an audit trail that nobody writes down.</summary>
internal static class Gates
{
    public static PermissionGate Of(PluginDescriptor plugin, PermissionOptions options, ILogger log)
    {
        var audit = new AuditTrail(new AuditFile("unused"), TimeProvider.System, NullLogger<AuditTrail>.Instance);
        return new PermissionGate(plugin, new PermissionPolicy(new Fixed<PermissionOptions>(options), new PluginLocks(Options.Create(new DiscoveryOptions()), TimeProvider.System)), audit, log);
    }
}
