using CloudSage.PluginHost.Manifests;
using CloudSage.Plugins.Permissions;

namespace CloudSage.PluginHost.Runner.Admission;

/// <summary>The permissions that a manifest asks for: by their names, and by keys that say more than the name.</summary>
internal static class DeclaredPowers
{
    public static IReadOnlySet<string> Of(PluginManifest manifest)
    {
        var declared = manifest.Permissions.Select(static p => p.Name).ToHashSet(StringComparer.Ordinal);
        if (manifest.AllowedHosts.Count > 0) declared.Add(PluginPermissions.UseNetwork);
        if (manifest.FileSystem.Count > 0) declared.Add(PluginPermissions.ReadFiles);
        if (manifest.FileSystem.Any(static f => f.Access.Equals("write", StringComparison.OrdinalIgnoreCase))) declared.Add(PluginPermissions.WriteFiles);
        return declared;
    }
}
