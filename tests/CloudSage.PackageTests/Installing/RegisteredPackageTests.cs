using CloudSage.PackageTests.Feeds;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.NuGet.Installing;

namespace CloudSage.PackageTests.Installing;

/// <summary>Package files that an operator registers, from wherever they lie.</summary>
internal sealed class RegisteredPackageTests : PackageTests
{
    [Test, CancelAfter(Limit)]
    public async Task A_package_file_is_registered_with_what_it_needs_and_what_was_found_is_told(CancellationToken cancellationToken)
    {
        await using (var registrar = Registrar())
        {
            await using var pending = await registrar.PrepareAsync(PackedFixtures.PathOf("Json.User", "1.0.0"), null, cancellationToken);
            pending.Report.Findings.Should().Contain(static f => f.Code == "CSG2640", "it is not signed");
            pending.Commit([]).Should().BeEmpty();
            (await registrar.VerifyAsync(cancellationToken)).Should().BeEmpty();
        }

        File.Exists(Plugins.PathOf("json-user", "Newtonsoft.Json.dll")).Should().BeTrue();
        await using var host = await StartAsync();
        (await host.AskAsync("json-user")).Should().StartWith("12.0.3");
    }

    [Test, CancelAfter(Limit)]
    public async Task A_package_file_that_does_not_suit_the_host_is_refused_and_leaves_nothing(CancellationToken cancellationToken)
    {
        await using var registrar = Registrar();
        await using (var pending = await registrar.PrepareAsync(PackedFixtures.PathOf("Logging.User", "1.0.0"), null, cancellationToken))
            pending.Commit([]).Should().Contain(static f => f.Code == "CSG2622");

        Directory.EnumerateFileSystemEntries(Incoming).Should().BeEmpty();
        registrar.Read().Plugins.Should().BeEmpty();
    }

    private PluginRegistrar Registrar() => new(
        new PluginRegistrarOptions(Plugins.Path, Place.State)
        {
            Host = static o => o.Share(typeof(CloudSage.Fixtures.Embedder.Answer).Assembly),
            Services = services => services.AddPluginPackages(o => (o.SettingsRoot, o.CacheDirectory) = (Place.Root, Path.Combine(Place.Root, "cache"))),
        },
        TimeProvider.System);
}
