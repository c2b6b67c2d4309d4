using CloudSage.PluginHost.Activation;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Runner.Admission;

/// <summary>What the operator granted, from the newest configuration. No later gate asks for these permissions: what is loaded can use them.</summary>
internal sealed class GrantedPowers(IOptionsMonitor<PermissionOptions> options)
{
    private const string EveryPlugin = "*";

    public bool Hold(string plugin, string permission)
    {
        var current = options.CurrentValue;
        return current.GrantDeclared || Lists(current, plugin, permission) || Lists(current, EveryPlugin, permission);
    }

    private static bool Lists(PermissionOptions options, string plugin, string permission)
        => options.Grants.TryGetValue(plugin, out var granted) && granted.Contains(permission, StringComparer.Ordinal);
}
