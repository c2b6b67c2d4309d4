using CloudSage.PluginHost.Advisories;
using CloudSage.PluginHost.NuGet;

namespace CloudSage.PluginHost.Updates.Planning;

/// <summary>The versions of a plugin's package: which there are, and what each would bring.</summary>
internal interface IReleases
{
    Task<NewerVersions> NewerAsync(PackageOrigin installed, string? range, CancellationToken cancellationToken);

    Task<DateTimeOffset?> PublishedAsync(PackageOrigin release, CancellationToken cancellationToken);

    /// <summary>Makes the version ready in a folder of its own, has it looked up, and deletes the folder.</summary>
    Task<Release> ExamineAsync(PackageOrigin release, string plugin, CancellationToken cancellationToken);
}

/// <summary>A version of a plugin's package.</summary>
/// <param name="Plan">What installing it means.</param>
/// <param name="Report">What is known of all that it brings; null where it cannot be installed.</param>
/// <param name="Findings">Why it cannot be.</param>
internal sealed record Release(PackagePlan Plan, AdvisoryReport? Report, IReadOnlyList<Finding> Findings);
