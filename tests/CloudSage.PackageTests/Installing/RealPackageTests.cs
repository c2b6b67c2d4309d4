namespace CloudSage.PackageTests.Installing;

/// <summary>Plugins whose closures hold real packages, from a feed into a running host.</summary>
internal sealed class RealPackageTests : PackageTests
{
    [Test, CancelAfter(Limit)]
    public async Task Two_plugins_bring_two_versions_of_one_package_side_by_side(CancellationToken cancellationToken)
    {
        Offer(("Json.User", "1.0.0"), ("Json.Neighbour", "1.0.0"));
        await InstallAsync("Json.User");
        await InstallAsync("Json.Neighbour");
        await using var host = await StartAsync();

        (await host.AskAsync("json-user")).Should().Be("""12.0.3.23909 {"answer":42}""");
        (await host.AskAsync("json-neighbour")).Should().Be("""13.0.3.27908 {"answer":42}""");
    }

    [Test, CancelAfter(Limit)]
    public async Task A_plugin_is_upgraded_downgraded_and_removed_and_leaves_memory(CancellationToken cancellationToken)
    {
        Offer(("Json.User", "1.0.0"), ("Json.User", "2.0.0"));
        await using var host = await StartAsync();
        await InstallAsync("Json.User", "1.0.0");
        await host.BecomesAsync("json-user", PluginState.Active, "1.0.0");

        (await InstallAsync("Json.User")).Packages[0].Version.Should().Be("2.0.0");
        await host.BecomesAsync("json-user", PluginState.Active, "2.0.0");
        (await host.AskAsync("json-user")).Should().StartWith("13.0.1");

        await InstallAsync("Json.User", "[1.0.0, 2.0.0)");
        await host.BecomesAsync("json-user", PluginState.Active, "1.0.0");
        (await host.AskAsync("json-user")).Should().StartWith("12.0.3");

        Plugins.Delete("json-user");
        await host.HappensAsync(PluginEventKind.Removed, "json-user");
        await PluginMemory.NothingLeftOfAsync(Place.Store);
    }

    [Test, CancelAfter(Limit)]
    public async Task EF_Core_finds_its_native_SQLite(CancellationToken cancellationToken)
    {
        Offer(("Ef.User", "1.0.0"));
        var plan = await InstallAsync("Ef.User");
        await using var host = await StartAsync();

        (await host.AskAsync("ef-user")).Should().Be("42");
        plan.Packages.Should().Contain(static p => p.Id == "Microsoft.EntityFrameworkCore.Relational" && p.License == "MIT");
        plan.Provided.Should().Contain(static p => p.Id == "Microsoft.Extensions.Logging.Abstractions");
        plan.Packages.SelectMany(static p => p.Files).Should().NotContain(static f => f.Contains("Logging.Abstractions"), "the host shares it")
            .And.Contain(static f => f.StartsWith("runtimes/") && f.Contains("e_sqlite3"));
    }

    [TestCase("de", "2 Tage"), TestCase("de-AT", "2 Tage"), TestCase("en", "2 days"), CancelAfter(Limit)]
    public async Task Satellite_assemblies_of_a_package_speak_their_culture(string culture, string days, CancellationToken cancellationToken)
    {
        Offer(("Culture.User", "1.0.0"));
        await InstallAsync("Culture.User");
        await using var host = await StartAsync();

        (await host.AskAsync("culture-user", input: ("culture", culture))).Should().Be(days);
    }

    [Test, CancelAfter(Limit)]
    public async Task The_assembly_for_this_system_is_used(CancellationToken cancellationToken)
    {
        Offer(("Ports.User", "1.0.0"));
        await InstallAsync("Ports.User");
        await using var host = await StartAsync();

        (await host.AskAsync("ports-user")).Should().Be(OperatingSystem.IsWindows() ? "win" : "unix");
    }

    [Test, CancelAfter(Limit)]
    public async Task A_plugin_that_needs_newer_than_the_host_shares_is_refused_before_anything_is_written(CancellationToken cancellationToken)
    {
        Offer(("Logging.User", "1.0.0"));

        var plan = await ResolveAsync("Logging.User");

        plan.IsReady.Should().BeFalse();
        plan.Findings.Should().Contain(static f => f.Code == "CSG2622" && f.Message.Contains("Microsoft.Extensions.Logging.Abstractions 11.0.0"));
        (await Packages.PrepareAsync(plan, Plugins.Path, cancellationToken)).Plugin.Should().BeNull();
        Directory.EnumerateFileSystemEntries(Plugins.Path).Should().BeEmpty();
    }
}
