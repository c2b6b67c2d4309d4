using CloudSage.PluginHost.Advisories.Scanning;
using CloudSage.PluginHost.Lifecycle;
using CloudSage.PluginHost.NuGet;
using CloudSage.PluginHost.NuGet.Installing;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Updates.Planning;

/// <summary>The versions that the package sources offer.</summary>
internal sealed class PackageReleases(PluginPackages packages, AdvisoryScanner scanner, IOptionsMonitor<SecurityUpdateOptions> options, IOptions<LifecycleOptions> state) : IReleases
{
    /// <summary>Where versions are made ready to be looked at. Not the system's temporary folder: what a killed process leaves here is removed by the next look.</summary>
    private string Workspace => WorkspaceOf(state.Value);

    /// <summary>The folder for what is only looked at.</summary>
    public static string WorkspaceOf(LifecycleOptions state) => Path.Combine(Path.GetFullPath(state.StateDirectory), "examined");

    public Task<NewerVersions> NewerAsync(PackageOrigin installed, string? range, CancellationToken cancellationToken)
        => packages.NewerAsync(installed.Version, Request(installed, range), cancellationToken);

    public Task<DateTimeOffset?> PublishedAsync(PackageOrigin release, CancellationToken cancellationToken)
        => packages.PublishedAsync(release.Version, Request(release, release.Version), cancellationToken);

    public async Task<Release> ExamineAsync(PackageOrigin release, string plugin, CancellationToken cancellationToken)
    {
        var plan = await packages.ResolveAsync(Request(release, release.Version), cancellationToken).ConfigureAwait(false);
        if (!plan.IsReady) return new Release(plan, null, plan.Findings);
        var prepared = await packages.PrepareAsync(plan, Workspace, cancellationToken).ConfigureAwait(false);
        using var made = prepared.Plugin;
        return made is null ? new Release(plan, null, prepared.Findings)
            : new Release(plan, scanner.Scan(plugin, made.Folder, made.Manifest.EntryPoint, cancellationToken), []);
    }

    private PackageRequest Request(PackageOrigin package, string? version) => new(package.Id) { Version = version, Source = package.Source, Sources = [.. options.CurrentValue.Sources], AllowPrerelease = options.CurrentValue.AllowPrerelease };
}
