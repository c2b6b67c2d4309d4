using CloudSage.PluginHost.Advisories.Scanning;
using CloudSage.PluginHost.NuGet;
using CloudSage.PluginHost.NuGet.Installing;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Updates.Planning;

/// <summary>The versions that the package sources offer.</summary>
internal sealed class PackageReleases(PluginPackages packages, AdvisoryScanner scanner, IOptionsMonitor<SecurityUpdateOptions> options) : IReleases
{
    public Task<NewerVersions> NewerAsync(PackageOrigin installed, string? range, CancellationToken cancellationToken)
        => packages.NewerAsync(installed.Version, Request(installed, range), cancellationToken);

    public Task<DateTimeOffset?> PublishedAsync(PackageOrigin release, CancellationToken cancellationToken)
        => packages.PublishedAsync(release.Version, Request(release, release.Version), cancellationToken);

    public async Task<Release> ExamineAsync(PackageOrigin release, string plugin, CancellationToken cancellationToken)
    {
        var plan = await packages.ResolveAsync(Request(release, release.Version), cancellationToken).ConfigureAwait(false);
        if (!plan.IsReady) return new Release(plan, null, plan.Findings);
        var folder = Directory.CreateTempSubdirectory("security-update-");
        try
        {
            var prepared = await packages.PrepareAsync(plan, folder.FullName, cancellationToken).ConfigureAwait(false);
            using var made = prepared.Plugin;
            return made is null ? new Release(plan, null, prepared.Findings)
                : new Release(plan, scanner.Scan(plugin, made.Folder, made.Manifest.EntryPoint, cancellationToken), []);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private PackageRequest Request(PackageOrigin package, string? version) => new(package.Id) { Version = version, Source = package.Source, Sources = [.. options.CurrentValue.Sources], AllowPrerelease = options.CurrentValue.AllowPrerelease };
}
