using CloudSage.PackageTests.Feeds;
using CloudSage.PluginHost.Updates;

namespace CloudSage.PackageTests.Updating;

/// <summary>A running plugin with an advisory is updated to the version that mends it.</summary>
internal sealed class SecurityUpdateTests : UpdatingTests
{
    [Test, CancelAfter(Limit)]
    public async Task A_running_plugin_with_an_advisory_is_updated_without_a_failed_call()
    {
        Offer(("Json.User", "1.0.0"));
        await RegisterAsync("Json.User", "1.0.0", "[1.0,3.0)");
        await using var host = await StartUpdatingAsync();
        await host.BecomesAsync("json-user", PluginState.Active, "1.0.0");
        await using (var callers = new Callers(host, "json-user"))
        {
            await callers.AreServedByAsync("1.0.0");
            Offer(("Json.User", "2.0.0"));
            PublishJson();
            await host.BecomesAsync("json-user", PluginState.Active, "2.0.0");
            await callers.AreServedByAsync("2.0.0");
            await SettlesAsync(host);
            await callers.EndAsync();
            callers.Failed.Should().BeEmpty();
        }

        (await host.AskAsync("json-user")).Should().StartWith(Mended);
        await host.HappensAsync(PluginEventKind.Collected, "json-user", "1.0.0");
        Locked("json-user").Should().Match<PluginHost.Registration.LockedPlugin>(static l => l.Version == "2.0.0" && l.Origin == "nuget:Json.User/2.0.0" && l.Range == "[1.0,3.0)");
        await AuditedAsync("security-update", "2.0.0");
        Directory.EnumerateFileSystemEntries(Plugins.PathOf(".cloudsage"), "*", SearchOption.AllDirectories).Should().NotContain(static p => p.Contains("json-user"), "the version before is no longer kept");
    }

    [Test, CancelAfter(Limit)]
    public async Task The_lowest_version_that_mends_it_is_taken_with_the_grants_that_the_plugin_has()
    {
        const string asks = "permissions: [ReadCostData]\n";
        OfferSample("1.0.0", Vulnerable, manifest: asks);
        OfferSample("1.0.1", Vulnerable, manifest: asks);
        OfferSample("1.0.2", Mended, manifest: asks);
        OfferSample("1.1.0", Mended, manifest: asks);
        PublishJson();
        await RegisterAsync("Made.Sample", "1.0.0", "[1.0,2.0)", "ReadCostData");
        await using var host = await StartUpdatingAsync();
        await host.BecomesAsync(Plugin, PluginState.Active, "1.0.2");
        await SettlesAsync(host);
        Locked().Grants.Should().Equal("ReadCostData");
    }

    [Test, CancelAfter(Limit)]
    public async Task A_fix_is_taken_from_where_the_plugin_came_from_and_from_no_other_source()
    {
        Offer(("Json.User", "1.0.0"));
        await RegisterAsync("Json.User", "1.0.0", "[1.0,3.0)");
        Locked("json-user").Source.Should().Be(Feed);
        var other = Directory.CreateDirectory(Path.Combine(Place.Root, "other")).FullName;
        File.Copy(PackedFixtures.PathOf("Json.User", "2.0.0"), Path.Combine(other, "Json.User.2.0.0.nupkg"));
        NuGetFiles.Write(Place.Root, Feed, another: other);
        await using var host = await StartUpdatingAsync();
        await host.BecomesAsync("json-user", PluginState.Active, "1.0.0");
        PublishJson();
        await SaysAsync(host, UpdateCodes.NoFix);
        Locked("json-user").Version.Should().Be("1.0.0");

        Offer(("Json.User", "2.0.0"));
        LookAgain(host);
        await host.BecomesAsync("json-user", PluginState.Active, "2.0.0");
        await SettlesAsync(host);
        Locked("json-user").Source.Should().Be(Feed);
    }

    [Test, CancelAfter(Limit)]
    public async Task A_pinned_plugin_is_told_of_the_fix_beyond_and_left_alone()
    {
        Offer(("Json.User", "1.0.0"), ("Json.User", "2.0.0"));
        await RegisterAsync("Json.User", "1.0.0", "1.0.0");
        PublishJson();
        await using var host = await StartUpdatingAsync();
        await SaysAsync(host, UpdateCodes.BeyondRange);
        Locked("json-user").Version.Should().Be("1.0.0");
    }

    [Test, CancelAfter(Limit), Description("Bad input 56")]
    public async Task A_version_that_asks_for_more_is_held_and_the_old_one_goes_on()
    {
        OfferSample("1.0.0", Vulnerable);
        await RegisterAsync("Made.Sample", "1.0.0", "[1.0,2.0)");
        await using var host = await StartUpdatingAsync();
        OfferSample("1.0.1", Mended, manifest: "permissions: [ReadCostData]\n");
        PublishJson();
        await SaysAsync(host, UpdateCodes.AsksForMore);
        (await host.AskAsync(Plugin)).Should().Be("1.0.0");
        Locked().Version.Should().Be("1.0.0");
    }

    [Test, CancelAfter(Limit)]
    public async Task A_feed_that_is_down_is_told_and_the_update_comes_when_it_is_up()
    {
        await using var feed = new V3Feed();
        NuGetFiles.Write(Place.Root, feed.Index);
        feed.Offer("Made.Sample", "1.0.0", Made("1.0.0", Vulnerable));
        await RegisterAsync("Made.Sample", "1.0.0", "[1.0,2.0)");
        await using var host = await StartUpdatingAsync();
        feed.Offer("Made.Sample", "1.0.1", Made("1.0.1", Mended));
        feed.Failure = System.Net.HttpStatusCode.InternalServerError;
        PublishJson();
        await SaysAsync(host, "CSG2603");
        (await host.AskAsync(Plugin)).Should().Be("1.0.0");

        feed.Failure = null;
        LookAgain(host);
        await host.BecomesAsync(Plugin, PluginState.Active, "1.0.1");
        await SettlesAsync(host);
    }

    [Test, CancelAfter(Limit)]
    public async Task A_version_is_as_old_as_the_feed_says()
    {
        await using var feed = new V3Feed();
        NuGetFiles.Write(Place.Root, feed.Index);
        feed.Offer("Made.Sample", "1.0.0", Made("1.0.0", Vulnerable));
        await RegisterAsync("Made.Sample", "1.0.0", "[1.0,2.0)");
        PublishJson();
        feed.Offer("Made.Sample", "1.0.1", Made("1.0.1", Mended)).Published["1.0.1"] = DateTimeOffset.UtcNow.AddHours(-1);
        await using var host = await StartUpdatingAsync(static o => o.Cooldown = TimeSpan.FromDays(1));
        await SaysAsync(host, UpdateCodes.TooYoung);
        feed.Published["1.0.1"] = DateTimeOffset.UtcNow.AddHours(-25);
        LookAgain(host);
        await host.BecomesAsync(Plugin, PluginState.Active, "1.0.1");
        await SettlesAsync(host);
    }

    private static byte[] Made(string version, string json) => new MadePackage("Made.Sample") { Version = version, ManifestVersion = version, Dependencies = [("Newtonsoft.Json", $"[{json}]")] }.Build();
}
