using CloudSage.PluginHost.Manifests;

namespace CloudSage.PluginHost.Registration;

/// <summary>
/// Holds back new content that asks for more than the plugin had, until that is granted. What a plugin asks for at first is not held back: what is not
/// granted is denied to it when it uses it.
/// </summary>
internal static class GrantRule
{
    /// <param name="manifest">The new content's manifest.</param>
    /// <param name="before">The permissions that the plugin asked for so far; null for a new plugin.</param>
    /// <param name="isGranted">Whether a permission is granted to the plugin.</param>
    public static IEnumerable<Finding> Check(PluginManifest manifest, IReadOnlyCollection<string>? before, Func<string, bool> isGranted)
    {
        if (before is null) return [];
        ManifestPermission[] added = [.. manifest.Permissions.Where(p => !before.Contains(p.Name, StringComparer.Ordinal) && !isGranted(p.Name))];
        return added.Length == 0 ? [] : [Finding.Error(RegistrationCodes.Held,
            $"{manifest.Name} {manifest.Version} asks for more than it had: {string.Join(", ", added.Select(static p => p.Reason is null ? p.Name : $"{p.Name} ({p.Reason})"))}.",
            $"Grant it: csg plugins grant {manifest.Name} {string.Join(' ', added.Select(static p => p.Name))}, or in PluginHost:Permissions:Grants:{manifest.Name}. It is tried again then.",
            manifest.Locate("permissions"))];
    }
}
