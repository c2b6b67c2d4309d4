using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Registration.Auditing;
using CloudSage.PluginHost.Verification;
using CloudSage.Plugins.Permissions;
using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Activation;

/// <summary>Stands between one version of a plugin and the host's services: asked at activation and again at every use.</summary>
internal sealed class PermissionGate(PluginDescriptor plugin, PermissionPolicy policy, AuditTrail audit, ILogger logger)
{
    private readonly HashSet<string> _declared = plugin.Manifest.Permissions.Select(static p => p.Name).ToHashSet(StringComparer.Ordinal);
    private volatile bool _closed;

    /// <summary>The permissions that are declared and granted now.</summary>
    public IReadOnlyList<string> Granted => [.. _declared.Where(p => policy.IsGranted(plugin.Name, plugin.Source, p)).Order(StringComparer.Ordinal)];

    /// <summary>From now on every use is denied: the plugin is being unloaded.</summary>
    public void Close() => _closed = true;

    /// <summary>Throws to the plugin, and logs for the operator, where the permission is missing.</summary>
    /// <exception cref="PermissionDeniedException">The permission is not declared, not granted, or the plugin is being unloaded.</exception>
    public void Demand(string permission)
    {
        if (!_closed && _declared.Contains(permission) && policy.IsGranted(plugin.Name, plugin.Source, permission)) return;
        var finding = Explain(permission);
        logger.PermissionDenied(plugin.Name, plugin.Manifest.Version, permission, finding.Code);
        audit.Note("denied", plugin.Name, plugin.Manifest.Version, finding.Code, permission);
        throw new PermissionDeniedException(permission, $"{finding.Code}: {finding.Message} {finding.Remedy}");
    }

    /// <summary>Why the permission is missing, and which line or grant would mend it.</summary>
    public Finding Explain(string permission)
    {
        if (!_declared.Contains(permission))
        {
            return Finding.Error(ActivationCodes.PermissionNotDeclared,
                $"{plugin.Name} wants a capability that needs the permission {permission}, which its manifest does not ask for.",
                $"Add '- {permission}' to 'permissions' in the manifest.", plugin.Manifest.Locate("permissions"));
        }

        return Finding.Error(ActivationCodes.PermissionNotGranted,
            $"{plugin.Name} asks for the permission {permission}, which is not granted{(_closed ? " to a plugin that is being unloaded" : string.Empty)}.",
            policy.HowToGrant(plugin.Name, plugin.Source, [permission]), plugin.Manifest.Locate("permissions"));
    }
}
