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
    /// <param name="remedy">How to grant permissions to it.</param>
    public static IEnumerable<Finding> Check(PluginManifest manifest, IReadOnlyCollection<string>? before, Func<string, bool> isGranted, Func<IReadOnlyCollection<string>, string> remedy)
    {
        if (before is null) return [];
        ManifestPermission[] added = [.. manifest.Permissions.Where(p => !before.Contains(p.Name, StringComparer.Ordinal) && !isGranted(p.Name))];
        return added.Length == 0 ? [] : [Finding.Error(RegistrationCodes.Held,
            $"{manifest.Name} {manifest.Version} asks for more than it had: {string.Join(", ", added.Select(static p => p.Reason is null ? p.Name : $"{p.Name} ({p.Reason})"))}.",
            $"{remedy([.. added.Select(static p => p.Name)])} It is tried again then.", manifest.Locate("permissions"))];
    }

    /// <summary>How to grant permissions: a plugin that is not registered has no line in a lock file that could have them.</summary>
    /// <param name="plugin">The plugin's name.</param>
    /// <param name="source">Where it lies.</param>
    /// <param name="isRegistered">Whether the lock file of that folder has it.</param>
    /// <param name="permissions">What it lacks.</param>
    public static string HowToGrant(string plugin, string source, bool isRegistered, IReadOnlyCollection<string> permissions)
    {
        var command = isRegistered ? $"csg plugins grant {plugin} {string.Join(' ', permissions)}"
            : $"csg plugins register {ShellWord.Of(source)} {string.Join(' ', permissions.Select(static p => $"--grant {p}"))}";
        return $"Grant it: {command}, or add {string.Join(", ", permissions.Select(static p => $"\"{p}\""))} to PluginHost:Permissions:Grants:{plugin} in the host's configuration.";
    }
}
