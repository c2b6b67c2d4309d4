using CloudSage.PluginHost;
using CloudSage.PluginHost.Advisories;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.NuGet;
using CloudSage.PluginHost.Updates.Planning;
using CloudSage.Plugins;

namespace CloudSage.UnitTests.Updates;

/// <summary>A feed on paper: each version says which vulnerabilities it brings.</summary>
internal sealed class FakeReleases : IReleases
{
    private readonly Dictionary<string, AdvisoryMatch[]> _matches = [];

    public List<string> Examined { get; } = [];

    public Dictionary<string, DateTimeOffset> Published { get; } = [];

    public Dictionary<string, string[]> Permissions { get; } = [];

    public Dictionary<string, string[]> Unresolved { get; } = [];

    public HashSet<string> Broken { get; } = [];

    public string? Latest { get; set; }

    public List<PassedOverVersion> PassedOver { get; } = [];

    public Finding? Failure { get; set; }

    public FakeReleases Offer(string version, params AdvisoryMatch[] matches)
    {
        _matches[version] = matches;
        return this;
    }

    public Task<NewerVersions> NewerAsync(PackageOrigin installed, string? range, CancellationToken cancellationToken)
        => Task.FromResult(Failure is { } failure ? new NewerVersions([], null, [failure])
            : new NewerVersions([.. _matches.Keys.Where(v => v != Latest)], Latest ?? _matches.Keys.LastOrDefault(), []) { PassedOver = PassedOver });

    public Task<DateTimeOffset?> PublishedAsync(PackageOrigin release, CancellationToken cancellationToken)
        => Task.FromResult<DateTimeOffset?>(Published.TryGetValue(release.Version, out var at) ? at : null);

    public Task<Release> ExamineAsync(PackageOrigin release, string plugin, CancellationToken cancellationToken)
    {
        Examined.Add(release.Version);
        var plan = new PackagePlan(new PackageRequest(release.Id))
        {
            Manifest = new PluginManifest
            {
                Name = plugin, Version = release.Version, Type = PluginType.Integration, EntryPoint = "x.dll", Language = "dotnet",
                Permissions = [.. Permissions.GetValueOrDefault(release.Version, []).Select(static p => new ManifestPermission(p, null))],
            },
            Packages = [new PlannedPackage(release.Id, release.Version, "feed") { PackageHash = "hash" }],
        };
        return Task.FromResult(Broken.Contains(release.Version)
            ? new Release(plan, null, [Finding.Error("CSG2622", "Too old.", "Update.")])
            : new Release(plan, new AdvisoryReport { Verdict = AdvisoryVerdict.Clean, Matches = _matches[release.Version], Unresolved = Unresolved.GetValueOrDefault(release.Version, []) }, []));
    }
}
