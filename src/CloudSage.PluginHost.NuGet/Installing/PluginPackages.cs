using CloudSage.PluginHost.Loading;
using CloudSage.PluginHost.Manifests.Reading;
using CloudSage.PluginHost.NuGet.Closure;
using CloudSage.PluginHost.NuGet.Feeds;
using CloudSage.PluginHost.NuGet.Planning;
using CloudSage.PluginHost.NuGet.Signatures;
using CloudSage.PluginHost.Registration.Placing;
using Microsoft.Extensions.Options;
using NuGet.Versioning;

namespace CloudSage.PluginHost.NuGet.Installing;

/// <summary>
/// Makes plugin folders of NuGet packages. Resolving tells everything and writes nothing; preparing makes a complete folder beside its place, which the
/// caller renames into it. Nothing of a package is loaded or run.
/// </summary>
public sealed class PluginPackages
{
    private readonly PackageOptions _options;
    private readonly TimeProvider _clock;
    private readonly PlanMaking _plans;

    internal PluginPackages(IOptions<PackageOptions> options, SharedAssemblies shared, ManifestReader manifests, TimeProvider clock)
    {
        (_options, _clock) = (options.Value, clock);
        _plans = new PlanMaking(_options, new HostAssemblies(shared), manifests, new SignatureCheck(_options.AsksForRevocations), clock);
    }

    /// <summary>Finds out what installing a package would mean: its version, all that it needs, licences, signers, and whatever speaks against it.</summary>
    /// <param name="request">Which package, and from where.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The plan, ready or not. Sources that fail are findings of it.</returns>
    /// <exception cref="IOException">The cache of packages cannot be written.</exception>
    public Task<PackagePlan> ResolveAsync(PackageRequest request, CancellationToken cancellationToken) => ResolveAsync(request, null, cancellationToken);

    /// <inheritdoc cref="ResolveAsync(PackageRequest, CancellationToken)" />
    /// <param name="request">Which package, and from where.</param>
    /// <param name="progress">Hears of each step as it begins.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<PackagePlan> ResolveAsync(PackageRequest request, IProgress<PackageProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _plans.MakeAsync(request, progress, cancellationToken);
    }

    /// <summary>Makes the folder that a plan describes, hidden in a folder of plugins. What was left there by a process that was killed is removed first.</summary>
    /// <param name="plan">A plan that is ready.</param>
    /// <param name="pluginDirectory">The folder of plugins; made where it is missing.</param>
    /// <param name="cancellationToken">Gives up, and leaves nothing behind.</param>
    /// <returns>The prepared plugin, or why there is none.</returns>
    public Task<PackagePreparation> PrepareAsync(PackagePlan plan, string pluginDirectory, CancellationToken cancellationToken) => PrepareAsync(plan, pluginDirectory, null, cancellationToken);

    /// <inheritdoc cref="PrepareAsync(PackagePlan, string, CancellationToken)" />
    /// <param name="plan">A plan that is ready.</param>
    /// <param name="pluginDirectory">The folder of plugins; made where it is missing.</param>
    /// <param name="progress">Hears of each step as it begins.</param>
    /// <param name="cancellationToken">Gives up, and leaves nothing behind.</param>
    public async Task<PackagePreparation> PrepareAsync(PackagePlan plan, string pluginDirectory, IProgress<PackageProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentException.ThrowIfNullOrEmpty(pluginDirectory);
        if (!plan.IsReady) return new PackagePreparation(null, plan.Findings);
        IncomingFolder? folder = null;
        try
        {
            folder = new FolderWorkspace(pluginDirectory).Open();
            var refused = await new FolderWriting(folder.Path, _options.MaxFolderBytes, progress).WriteAsync(plan.Content!, FolderContent.Manifest, cancellationToken).ConfigureAwait(false);
            if (refused is not null) return new PackagePreparation(null, [.. plan.Findings, refused]);
            progress?.Report(new PackageProgress(PackageStep.Flush, plan.Packages[0].Id));
            cancellationToken.ThrowIfCancellationRequested();
            folder.Flush();
            var prepared = new PreparedPackage(folder, plan);
            folder = null;
            return new PackagePreparation(prepared, plan.Findings);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // No space, no access, or a package that went away: the operator can mend all of these.
            return new PackagePreparation(null, [.. plan.Findings, Finding.Error(PackageCodes.CannotWrite, $"The plugin's folder cannot be made in '{pluginDirectory}': {e.Message}", "See to space and access rights.")]);
        }
        finally
        {
            folder?.Dispose();
        }
    }

    /// <summary>Makes the folder of a plugin of a package file that lies somewhere, with what it needs from the sources.</summary>
    internal async Task<IReadOnlyList<Finding>> UnpackAsync(string package, string folder, CancellationToken cancellationToken)
    {
        var plan = await _plans.MakeAsync(package, cancellationToken).ConfigureAwait(false);
        if (!plan.IsReady) return plan.Findings;
        Directory.CreateDirectory(folder);
        var refused = await new FolderWriting(folder, _options.MaxFolderBytes).WriteAsync(plan.Content!, FolderContent.Manifest, cancellationToken).ConfigureAwait(false);
        return refused is null ? plan.Findings : [.. plan.Findings, refused];
    }

    /// <summary>Tells which higher versions there are of packages that are installed.</summary>
    /// <param name="installed">Each with its version, and the request by which it would be updated: sources, prereleases, and the range that is allowed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One answer for each, in the same order.</returns>
    public async Task<IReadOnlyList<OutdatedPackage>> OutdatedAsync(IReadOnlyList<(string Version, PackageRequest Request)> installed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(installed);
        var settings = SourceSettings.Load(_options);
        if (settings.Value is not { } known) return [.. installed.Select(i => new OutdatedPackage(i.Request.Id, i.Version, null, null, settings.Findings))];
        return await Task.WhenAll(installed.Select(i => LookAsync(i.Version, i.Request, known, cancellationToken))).ConfigureAwait(false);
    }

    /// <summary>Tells every listed version of a package that is higher than one that is installed.</summary>
    /// <param name="version">The version that is installed.</param>
    /// <param name="request">The request by which it would be updated: sources, prereleases, and the range that is allowed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The versions, or why they cannot be told.</returns>
    public async Task<NewerVersions> NewerAsync(string version, PackageRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var settings = SourceSettings.Load(_options);
        if (settings.Value is not { } known) return new NewerVersions([], null, settings.Findings);
        using var sources = new PackageSources(known, request, _options, _clock);
        return await VersionLookup.NewerAsync(version, request, sources, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells when a version of a package was published.</summary>
    /// <param name="version">The version.</param>
    /// <param name="request">The package, and its sources.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the source that serves it states; null where none states it, or does not answer.</returns>
    public async Task<DateTimeOffset?> PublishedAsync(string version, PackageRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (SourceSettings.Load(_options).Value is not { } known) return null;
        using var sources = new PackageSources(known, request, _options, _clock);
        return await VersionLookup.PublishedAsync(version, request.Id, sources, cancellationToken).ConfigureAwait(false);
    }

    private async Task<OutdatedPackage> LookAsync(string version, PackageRequest request, SourceSettings settings, CancellationToken cancellationToken)
    {
        using var sources = new PackageSources(settings, request, _options, _clock);
        try
        {
            var current = RootVersion.Installed(request.Id, version);
            var range = RootVersion.RangeOf(request);
            var higher = (await sources.ListedAsync(request.Id, cancellationToken).ConfigureAwait(false)).Where(o => o.Version > current).ToList();
            return new OutdatedPackage(request.Id, version,
                RootVersion.Highest(request, range, higher)?.ToNormalizedString(), RootVersion.Highest(request, VersionRange.All, higher)?.ToNormalizedString(), sources.Warnings) { IsPinned = RootVersion.IsPinned(range) };
        }
        catch (FindingException e)
        {
            // One package whose source fails, or whose version cannot be read, does not keep the others from being told.
            return new OutdatedPackage(request.Id, version, null, null, [e.Finding, .. sources.Warnings]);
        }
    }
}
