using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Verification;

namespace CloudSage.PluginHost.Resolution;

/// <summary>Looks at one dependency by itself: is the plugin there, and in a wanted version?</summary>
internal static class DependencyCheck
{
    /// <summary>What is wrong; null where nothing is. An optional dependency that is absent is nothing wrong.</summary>
    public static Finding? Check(string plugin, ManifestDependency dependency, PluginDescriptor? found, FindingLocation location)
    {
        var range = PluginVersionRange.Any;
        if (dependency.Version is not null && !PluginVersionRange.TryParse(dependency.Version, out range)) return InvalidRange(plugin, dependency, location);
        if (found is null) return dependency.Optional ? null : Missing(plugin, dependency, location);
        return range.Contains(found.Version) ? null : WrongVersion(plugin, dependency, found, location);
    }

    private static Finding Missing(string plugin, ManifestDependency dependency, FindingLocation location) => Finding.Error(
        ResolutionCodes.DependencyMissing,
        $"'{plugin}' needs the plugin '{dependency.Name}'{InRange(dependency)}, but no plugin of that name is there and fit to run.",
        $"Add '{dependency.Name}', or mark the dependency with 'optional: true'.",
        location);

    private static Finding WrongVersion(string plugin, ManifestDependency dependency, PluginDescriptor found, FindingLocation location)
    {
        var there = $"'{dependency.Name}' in a version in '{dependency.Version}', but {found.Version.ToFullString()} is there";
        return dependency.Optional
            ? Finding.Warning(
                ResolutionCodes.OptionalVersionMismatch,
                $"'{plugin}' can use the plugin {there}, so it runs without regard to it.",
                $"Install a version of '{dependency.Name}' in '{dependency.Version}', or widen the range.",
                location)
            : Finding.Error(
                ResolutionCodes.DependencyVersionMismatch,
                $"'{plugin}' needs the plugin {there}.",
                $"Install a version of '{dependency.Name}' in '{dependency.Version}', or widen the range.",
                location);
    }

    private static Finding InvalidRange(string plugin, ManifestDependency dependency, FindingLocation location) => new(
        ResolutionCodes.VersionRangeInvalid,
        dependency.Optional ? FindingSeverity.Warning : FindingSeverity.Error,
        $"'{plugin}' wants the plugin '{dependency.Name}' in the version range '{dependency.Version}', which cannot be read.",
        "Write the range as '>=1.2 <2', '^1.2' or '[1.2,2.0)'.",
        location);

    private static string InRange(ManifestDependency dependency)
        => dependency.Version is null ? string.Empty : $" in a version in '{dependency.Version}'";
}
