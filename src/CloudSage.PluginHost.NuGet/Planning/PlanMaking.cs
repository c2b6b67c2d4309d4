using CloudSage.PluginHost.Manifests.Reading;
using CloudSage.PluginHost.NuGet.Admission;
using CloudSage.PluginHost.NuGet.Assets;
using CloudSage.PluginHost.NuGet.Closure;
using CloudSage.PluginHost.NuGet.Feeds;
using CloudSage.PluginHost.NuGet.Signatures;
using NuGet.Frameworks;

namespace CloudSage.PluginHost.NuGet.Planning;

/// <summary>Makes the plan of one request: version, closure, signatures, files, manifest. Everything is found out before anything is written.</summary>
internal sealed class PlanMaking(PackageOptions options, HostAssemblies host, ManifestReader manifests, SignatureCheck signatures, TimeProvider clock)
{
    private readonly NuGetFramework _framework = new(FrameworkConstants.FrameworkIdentifiers.NetCoreApp, new Version(Environment.Version.Major, Environment.Version.Minor, 0, 0));

    public Task<PackagePlan> MakeAsync(PackageRequest request, IProgress<PackageProgress>? progress, CancellationToken cancellationToken) => MakeAsync(request, async sources =>
    {
        progress?.Report(new PackageProgress(PackageStep.Choose, request.Id));
        var version = await RootVersion.ChooseAsync(request, sources, cancellationToken).ConfigureAwait(false);
        return await sources.GetAsync(version, cancellationToken).ConfigureAwait(false)
            ?? throw RootVersion.NotFound(request, version.Version.ToNormalizedString(), await sources.VersionsAsync(request.Id, cancellationToken).ConfigureAwait(false));
    }, progress, cancellationToken);

    /// <summary>Makes the plan for a package that is at hand as a file, with the sources for what it needs.</summary>
    public Task<PackagePlan> MakeAsync(string package, CancellationToken cancellationToken) => MakeAsync(new PackageRequest(Path.GetFileNameWithoutExtension(package)), async _ =>
    {
        await using var file = new FileStream(package, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        await PackageExamination.CheckAsync(file, Path.GetFileName(package), options.MaxFolderBytes, cancellationToken).ConfigureAwait(false);
        file.Position = 0;
        var identity = PackageContent.Read(file, Path.GetFileName(package), static p => p.NuspecReader.GetIdentity());
        return new CachedPackage(identity, package, package, await PackageCache.HashOfAsync(package, cancellationToken).ConfigureAwait(false), IsHashStated: false);
    }, null, cancellationToken);

    private async Task<PackagePlan> MakeAsync(PackageRequest request, Func<PackageSources, Task<CachedPackage>> find, IProgress<PackageProgress>? progress, CancellationToken cancellationToken)
    {
        var settings = SourceSettings.Load(options);
        if (settings.Value is null) return new PackagePlan(request) { Findings = settings.Findings };
        using var sources = new PackageSources(settings.Value, request, options, clock, progress);
        try
        {
            return await PlanAsync(request, await find(sources).ConfigureAwait(false), sources, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (FindingException e)
        {
            // Told as it is: there is no plan without it.
            return new PackagePlan(request) { Findings = [e.Finding, .. sources.Warnings] };
        }
    }

    private async Task<PackagePlan> PlanAsync(PackageRequest request, CachedPackage root, PackageSources sources, IProgress<PackageProgress>? progress, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        var selection = new AssetSelection(_framework, options.Platforms.Count > 0 ? [.. options.Platforms] : [TargetPlatform.Current]);

        // What is no plugin is refused before its dependencies are asked for, and a broken one before anything in it is believed.
        var policy = new SignaturePolicy(request.Signatures ?? options.Signatures, [.. options.Signers, .. request.Signers]);
        var signed = new List<PackageSignature> { await JudgeAsync(root, policy, progress, cancellationToken).ConfigureAwait(false) };
        var rootFiles = PackageAssets.Of(new ResolvedPackage(root, []), selection, host, []);
        var plugin = PluginPackage.Read(root, rootFiles.Folder, manifests, findings);
        if (plugin is null || policy.Findings().Concat(findings).Any(IsError))
            return new PackagePlan(request) { Manifest = plugin?.Manifest, Packages = [Planned(root, signed[0], [])], Findings = [.. policy.Findings(), .. findings] };

        Tell(progress, PackageStep.Resolve, root);
        var available = await new ClosureGathering(sources, host, _framework, request).GatherAsync(root, cancellationToken).ConfigureAwait(false);
        var closure = ClosureResolution.Resolve(root.Identity, available, request, cancellationToken);
        findings.AddRange(ClosureResolution.JudgeDemands(closure, host));
        foreach (var package in closure.Packages.Skip(1)) signed.Add(await JudgeAsync(package.File, policy, progress, cancellationToken).ConfigureAwait(false));
        findings.AddRange(policy.Findings());

        Tell(progress, PackageStep.Select, root);
        cancellationToken.ThrowIfCancellationRequested();
        var assets = closure.Packages.Select(p => PackageAssets.Of(p, selection, host, findings)).ToList();
        var content = FolderContent.Compose(plugin, assets, _framework, findings);
        return new PackagePlan(request)
        {
            Manifest = plugin.Manifest,
            Packages = [.. closure.Packages.Zip(signed, (package, signature) => Planned(package.File, signature, [.. content.Files.Where(f => f.Package == package.File.Path).Select(static f => f.Target)]))],
            Provided = [.. closure.Demands.DistinctBy(static d => (d.Id.ToUpperInvariant(), d.Range)).Select(d => new ProvidedPackage(d.Id, d.Range.PrettyPrint(), host.PackageVersion(d.Id).ToNormalizedString()))],
            Findings = [.. findings.Distinct(), .. sources.Warnings],
            Content = content,
        };
    }

    private async Task<PackageSignature> JudgeAsync(CachedPackage package, SignaturePolicy policy, IProgress<PackageProgress>? progress, CancellationToken cancellationToken)
    {
        Tell(progress, PackageStep.Verify, package);
        var (signature, fault) = await signatures.VerifyAsync(package, cancellationToken).ConfigureAwait(false);
        return policy.Judge(package, signature, fault);
    }

    private static PlannedPackage Planned(CachedPackage package, PackageSignature signature, IReadOnlyList<string> files)
        => new(package.Identity.Id, package.Identity.Version.ToNormalizedString(), SourceAddress.Shown(package.Source))
        {
            PackageHash = package.Hash,
            IsHashStated = package.IsHashStated,
            License = PackageContent.Read(package, PackageLicense.Of),
            Signature = signature,
            Files = files,
        };

    private static void Tell(IProgress<PackageProgress>? progress, PackageStep step, CachedPackage package) => progress?.Report(new PackageProgress(step, package.Identity.ToString()));

    private static bool IsError(Finding finding) => finding.Severity == FindingSeverity.Error;
}
