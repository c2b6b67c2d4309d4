using CloudSage.PluginHost.Manifests;

namespace CloudSage.PluginHost.Registration;

/// <summary>A registered name, with what it was granted, stays with who owns it: its signer, and the package that it came from.</summary>
internal static class OwnerRule
{
    /// <param name="manifest">The manifest of what is to be registered.</param>
    /// <param name="before">How the plugin is registered so far; null where it is not.</param>
    /// <param name="origin">Where the new content comes from; null for a file or folder of the operator's.</param>
    /// <returns>Why it may not take the name; null where it may.</returns>
    public static Finding? Check(PluginManifest manifest, LockedPlugin? before, PluginOrigin? origin)
    {
        var remedy = $"If that is right, unregister it first, with its grants: csg plugins unregister {manifest.Name}.";
        if (before?.Signer is { } owner && !string.Equals(owner, origin?.Signer, StringComparison.OrdinalIgnoreCase))
        {
            return Finding.Error(RegistrationCodes.SignerChanged,
                $"{manifest.Name} is registered as signed by {owner}, and this is {(origin?.Signer is { } other ? $"signed by {other}" : "not signed")}.", remedy);
        }

        return before?.Origin is { } registered && origin is not null && !Package(registered).Equals(Package(origin.Name), StringComparison.OrdinalIgnoreCase)
            ? Finding.Error(RegistrationCodes.PackageChanged, $"{manifest.Name} is registered as the package {registered}, and this is another one: {origin.Name}.", remedy)
            : null;
    }

    /// <summary>The name without the version.</summary>
    private static string Package(string name) => name.LastIndexOf('/') is > 0 and var end ? name[..end] : name;
}
