using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Activation;

/// <summary>Answers, always from the newest configuration, what a plugin was granted. A revoked grant counts from the next use.</summary>
internal sealed class PermissionPolicy(IOptionsMonitor<PermissionOptions> options)
{
    private const string EveryPlugin = "*";

    public bool IsGranted(string plugin, string permission)
    {
        var current = options.CurrentValue;
        return current.GrantDeclared || Lists(current, plugin, permission) || Lists(current, EveryPlugin, permission);
    }

    private static bool Lists(PermissionOptions options, string plugin, string permission)
        => options.Grants.TryGetValue(plugin, out var granted) && granted.Contains(permission, StringComparer.Ordinal);
}
