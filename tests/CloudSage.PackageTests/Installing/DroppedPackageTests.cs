using CloudSage.PackageTests.Feeds;
using CloudSage.PluginHost.NuGet.Installing;

namespace CloudSage.PackageTests.Installing;

/// <summary>Packages that an operator copies into the plugins folder.</summary>
internal sealed class DroppedPackageTests : PackageTests
{
    [Test, CancelAfter(Limit)]
    public async Task A_dropped_package_gets_what_it_needs_from_the_sources_runs_is_replaced_and_leaves(CancellationToken cancellationToken)
    {
        await using var host = await StartWithPackagesAsync();
        Plugins.AddLoose("Json.User.nupkg", await File.ReadAllBytesAsync(PackedFixtures.PathOf("Json.User", "1.0.0"), cancellationToken));
        var serving = await host.BecomesAsync("json-user", PluginState.Active, "1.0.0");
        serving.Findings.Should().Contain(static f => f.Code == "CSG2640", "that it is not signed is told while it serves");
        (await host.AskAsync("json-user")).Should().StartWith("12.0.3");

        Plugins.AddLoose("Json.User.nupkg", await File.ReadAllBytesAsync(PackedFixtures.PathOf("Json.User", "2.0.0"), cancellationToken));
        await host.BecomesAsync("json-user", PluginState.Active, "2.0.0");
        (await host.AskAsync("json-user")).Should().StartWith("13.0.1");

        File.Delete(Plugins.PathOf("Json.User.nupkg"));
        await host.HappensAsync(PluginEventKind.Removed, "json-user");
        await PluginMemory.NothingLeftOfAsync(Place.Store);
    }

    [Test, CancelAfter(Limit)]
    public async Task A_dropped_package_that_does_not_suit_the_host_is_refused_with_the_reason(CancellationToken cancellationToken)
    {
        await using var host = await StartWithPackagesAsync();

        Plugins.AddLoose("Logging.User.nupkg", await File.ReadAllBytesAsync(PackedFixtures.PathOf("Logging.User", "1.0.0"), cancellationToken));

        var refused = await Eventually.FindAsync(() => host.Plugins.Plugins.FirstOrDefault(static p => p.State == PluginState.Rejected), "the package is refused", host.Describe);
        refused.Findings.Should().Contain(static f => f.Code == "CSG2622" && f.Message.Contains("Logging.Abstractions"));
    }

    private Task<PluginHostFixture> StartWithPackagesAsync() => StartAsync(host: builder => builder.Services.AddPluginPackages(o =>
    {
        o.SettingsRoot = Place.Root;
        o.CacheDirectory = Path.Combine(Place.Root, "cache");
    }));
}
