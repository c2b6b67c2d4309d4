using System.IO.Compression;
using CloudSage.PackageTests.Feeds;
using CloudSage.PluginHost.Advisories.Admission;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.NuGet.Installing;
using CloudSage.PluginHost.Updates;
using CloudSage.PluginHost.Updates.Planning;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.PackageTests.Updating;

/// <summary>What is wrong with one plugin does not keep the others from their updates.</summary>
internal sealed class PlanningTests : UpdatingTests
{
    [Test, CancelAfter(Limit)]
    public async Task A_lock_files_line_that_cannot_be_read_is_said_of_its_plugin_alone(CancellationToken cancellationToken)
    {
        await RegisterTwoAsync();
        var file = Plugins.PathOf("plugins.lock");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, cancellationToken)).Replace("nuget:Made.Sample/1.0.0", "nuget:Made.Sample/1.x", StringComparison.Ordinal), cancellationToken);

        var updates = await PlanAsync(cancellationToken);

        Of(updates, Plugin).Should().Match<SecurityUpdate>(static u => u.Target == null && u.Findings.Count == 1 && u.Findings[0].Code == "CSG2600");
        Of(updates, "json-user").Target.Should().Be("2.0.0");
    }

    [Test, CancelAfter(Limit)]
    public async Task A_plugin_whose_files_cannot_be_read_is_said_and_left(CancellationToken cancellationToken)
    {
        await RegisterTwoAsync();
        await using var held = Hold(Plugin);

        var updates = await PlanAsync(cancellationToken);

        Of(updates, Plugin).Findings.Should().ContainSingle(static f => f.Code == UpdateCodes.CannotBeRead && f.Severity == FindingSeverity.Error && f.Message.Contains(Plugin));
        Of(updates, "json-user").Target.Should().Be("2.0.0");
    }

    [Test, CancelAfter(Limit)]
    public async Task An_affected_archive_is_told_of([Values] bool isPackage, CancellationToken cancellationToken)
    {
        Offer(("Json.User", "1.0.0"));
        PublishJson();
        if (isPackage)
        {
            Plugins.AddLoose("Json.User.nupkg", await File.ReadAllBytesAsync(PackedFixtures.PathOf("Json.User", "1.0.0"), cancellationToken));
        }
        else
        {
            await RegisterAsync("Json.User", "1.0.0", null);
            await ZipFile.CreateFromDirectoryAsync(Plugins.PathOf("json-user"), Plugins.PathOf("json-user.zip"), cancellationToken);
            Directory.Delete(Plugins.PathOf("json-user"), recursive: true);
        }

        await File.WriteAllBytesAsync(Plugins.PathOf("damaged.zip"), [0x50, 0x4B], cancellationToken);
        var told = (await PlanAsync(cancellationToken)).Should().ContainSingle().Subject;

        told.Should().Match<SecurityUpdate>(static u => u.Plugin == "json-user" && u.Installed == "1.0.0" && u.Target == null && u.Locked == null);
        told.Advisories.Should().Contain(static a => a.Package.Name == "Newtonsoft.Json");
        told.Findings.Should().ContainSingle().Which.Code.Should().Be(UpdateCodes.NoOrigin);
    }

    /// <summary>Two plugins that are affected, each with a version that mends it.</summary>
    private async Task RegisterTwoAsync()
    {
        OfferSample("1.0.0", Vulnerable);
        OfferSample("1.0.1", Mended);
        Offer(("Json.User", "1.0.0"), ("Json.User", "2.0.0"));
        await RegisterAsync("Made.Sample", "1.0.0", null);
        await RegisterAsync("Json.User", "1.0.0", null);
        PublishJson();
    }

    /// <summary>Somebody else has the file open, and lets nobody read it.</summary>
    private FileStream Hold(string plugin)
        => new(Directory.EnumerateFiles(Plugins.PathOf(plugin), "*.deps.json").Single(), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

    private static SecurityUpdate Of(IEnumerable<SecurityUpdate> updates, string plugin) => updates.Single(u => u.Plugin == plugin);

    private async Task<IReadOnlyList<SecurityUpdate>> PlanAsync(CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection().AddLogging()
            .AddPluginHost(o => o.Share(typeof(CloudSage.Fixtures.Embedder.Answer).Assembly).Lifecycle.StateDirectory = Place.State)
            .AddPluginAdvisories(o => (o.Database, o.MaximumAge) = (Database, TimeSpan.FromDays(36_500)))
            .AddPluginPackages(o => (o.SettingsRoot, o.CacheDirectory) = (Place.Root, Path.Combine(Place.Root, "cache")))
            .AddSecurityUpdatePlanner(static o => o.Cooldown = TimeSpan.Zero)
            .BuildServiceProvider();
        return await services.GetRequiredService<SecurityUpdatePlanner>().PlanAsync(Plugins.Path, null, cancellationToken);
    }
}
