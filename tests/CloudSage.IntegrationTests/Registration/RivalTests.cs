using CloudSage.PluginHost.Hosting;

namespace CloudSage.IntegrationTests.Registration;

/// <summary>Several folders of one name in a plugin folder: what a host, an inventory and a verification say of them, which is the same.</summary>
internal sealed class RivalTests : HostTests
{
    private const string Name = "rival";

    private static readonly PluginSource First = new(Name);

    private static readonly PluginSource Second = First with { Version = "2.0.0" };

    [TestCase("1.0.0", "2.0.0")]
    [TestCase("2.0.0", "1.0.0")]
    [TestCase("1.0.0", "1.0.0")]
    public async Task Where_nothing_is_registered_an_inventory_and_a_host_agree_which_is_used(string a, string b)
    {
        Put(First with { Version = a }, "a");
        Put(First with { Version = b }, "b");
        await using var host = await StartAsync();
        var status = await host.BecomesAsync(Name, PluginState.Active);

        var plugins = await InventoryAsync("Production");

        var (used, other) = (plugins.Single(static p => p.ShadowedBy is null), plugins.Single(static p => p.ShadowedBy is not null));
        used.Source.Should().Be(status.Source);
        other.ShadowedBy.Should().Be(status.Source);
        Codes(used).Should().BeEmpty();
        other.Findings.Should().BeEquivalentTo(status.Findings).And.ContainSingle().Which.Code.Should().Be("CSG1408");
        (await Registrars.VerifyAsync(Place)).Where(static f => f.Contains("CSG1408", StringComparison.Ordinal)).Should().Equal(other.Findings.Select(static f => f.ToString()));
    }

    [Test]
    [Description("The line of a lock file speaks of the content that was registered: what lies beside it has not drifted, it is a stranger")]
    public async Task Beside_the_registered_content_another_of_its_name_is_not_registered([Values] bool lenient)
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(First.Build()));
        Put(Second, "a-stranger");
        var environment = lenient ? "Development" : "Production";
        await using var host = await StartAsync(o => o.Registration.Environment = environment);
        var version = lenient ? "2.0.0" : "1.0.0";
        var status = await host.BecomesAsync(Name, PluginState.Active, version);
        await Eventually.TrueAsync(() => Codes(host.Find(Name)!.Findings).Contains("CSG2402"), "the stranger is told of");

        host.Find(Name)!.Findings.Should().NotContain(static f => f.Code == "CSG2403", "nothing that was registered has changed");
        host.Events.Should().NotContain(static e => e.Message.Contains("CSG2403", StringComparison.Ordinal));

        var plugins = await InventoryAsync(environment);
        var (registered, stranger) = (plugins.Single(p => p.Source == Plugins.PathOf(Name)), plugins.Single(p => p.Source == Plugins.PathOf("a-stranger")));
        (registered.Standing, stranger.Standing).Should().Be((LockStanding.Registered, LockStanding.NotRegistered));
        (registered.Locked is null, stranger.Locked is null).Should().Be((false, true), "the line speaks of one of them");
        plugins.Single(static p => p.ShadowedBy is null).Source.Should().Be(status.Source);
        Codes(stranger).Should().Equal("CSG2402");
        Codes(registered).Should().Equal(lenient ? ["CSG1408"] : []);

        await using var registrar = Registrars.Of(Place, environment);
        Codes(await registrar.VerifyAsync(CancellationToken.None)).Should().Equal(lenient ? ["CSG2402", "CSG1408"] : ["CSG2402"]);
    }

    [Test]
    public async Task Without_the_registered_content_the_other_has_drifted_until_that_is_put_back()
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(First.Build()));
        Put(Second, "z-other");
        await using var host = await StartAsync();
        await SaysAsync("CSG2402");

        var away = Plugins.MoveAway(Name);
        await SaysAsync("CSG2403");

        Directory.Move(away, Plugins.PathOf(Name));
        await SaysAsync("CSG2402");
        (await host.BecomesAsync(Name, PluginState.Active)).Version.Should().Be("1.0.0");

        Task SaysAsync(string code) => Eventually.TrueAsync(
            () => host.Find(Name) is { } status && Codes(status.Findings.Where(static f => f.Severity == FindingSeverity.Error)).SequenceEqual([code]), $"it is {code}");
    }

    private void Put(PluginSource source, string folder) => Directory.Move(Plugins.Prepare(source.Build()), Plugins.PathOf(folder));

    private async Task<IReadOnlyList<InventoryEntry>> InventoryAsync(string environment)
    {
        var options = new PluginRegistrarOptions(Plugins.Path, Place.State)
        {
            Environment = environment, Host = static o => o.Share(typeof(CloudSage.Fixtures.Embedder.Answer).Assembly).Forward<CloudSage.Fixtures.Embedder.IGate>(),
        };
        return (await PluginInventory.TakeAsync(options, CancellationToken.None)).Plugins;
    }

    private static IEnumerable<string> Codes(InventoryEntry plugin) => Codes(plugin.Findings);

    private static IEnumerable<string> Codes(IEnumerable<Finding> findings) => findings.Select(static f => f.Code);
}
