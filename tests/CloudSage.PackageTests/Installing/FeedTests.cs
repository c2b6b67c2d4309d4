using System.Net;
using CloudSage.PackageTests.Feeds;
using CloudSage.PluginHost.NuGet;

namespace CloudSage.PackageTests.Installing;

/// <summary>A v3 feed, and what feeds do to those who ask them.</summary>
internal sealed class FeedTests : PackageTests
{
    [Test, CancelAfter(Limit)]
    public async Task A_plugin_from_a_v3_feed_runs_and_its_hash_was_compared(CancellationToken cancellationToken)
    {
        await using var feed = Serve().Offer("Json.User", "1.0.0").Offer("Json.User", "2.0.0");
        var plan = await InstallAsync("Json.User");
        await using var host = await StartAsync();

        (await host.AskAsync("json-user")).Should().StartWith("13.0.1");
        plan.Packages[0].Should().BeEquivalentTo(new { Id = "Json.User", Version = "2.0.0", Source = feed.Index, IsHashStated = true, License = "Apache-2.0" });
        feed.Requests.Should().Contain("catalog/json.user/2.0.0").And.NotContain(static r => r.Contains("newtonsoft"), "it is mapped to the machine's sources");
    }

    [Test, CancelAfter(Limit), Description("Bad input 23")]
    public async Task A_package_that_is_not_what_the_feed_states_is_refused_and_not_kept(CancellationToken cancellationToken)
    {
        await using var feed = Serve().Offer("Json.User", "1.0.0");
        feed.StatesWrongHash = true;

        (await ResolveAsync("Json.User")).Findings.Should().ContainSingle(static f => f.Code == "CSG2608" && f.Message.Contains("plugins"));

        feed.StatesWrongHash = false;
        (await ResolveAsync("Json.User")).IsReady.Should().BeTrue("what was refused must not lie in the cache");
    }

    [Test, CancelAfter(Limit)]
    public async Task A_feed_that_gives_another_package_is_not_believed(CancellationToken cancellationToken)
    {
        await using var feed = Serve().Offer("Made.One", "1.0.0", new MadePackage("Made.Other").Build());

        var plan = await ResolveAsync("Made.One");
        plan.Findings.Should().ContainSingle(static f => f.Code == "CSG2607" && f.Message.Contains("Made.Other.1.0.0"), "{0}", string.Join(" ", plan.Findings));
    }

    [Test, CancelAfter(Limit)]
    public async Task Credentials_of_NuGet_Config_open_a_feed_that_refuses_without(CancellationToken cancellationToken)
    {
        await using var feed = Serve().Offer("Json.User", "1.0.0");
        feed.Credentials = ("operator", "pass&word");

        var refused = (await ResolveAsync("Json.User")).Findings.Should().ContainSingle().Subject;
        refused.Code.Should().Be("CSG2604");
        refused.Message.Should().Contain("'plugins'").And.Contain("no credentials");
        refused.Remedy.Should().Contain("packageSourceCredentials").And.Contain("NuGetPackageSourceCredentials_plugins").And.Contain("credential providers are not run");

        NuGetFiles.Write(Place.Root, feed.Index, Credentials("guess"));
        refused = (await ResolveAsync("Json.User")).Findings.Should().ContainSingle().Subject;
        refused.Code.Should().Be("CSG2604");
        refused.Message.Should().Contain("refuses access to 'operator'").And.NotContain("guess", "a password is a secret, even a wrong one");

        NuGetFiles.Write(Place.Root, feed.Index, Credentials("pass&amp;word"));
        (await ResolveAsync("Json.User")).IsReady.Should().BeTrue();

        static string Credentials(string password) => $"""
            <packageSourceCredentials><plugins><add key="Username" value="operator" /><add key="ClearTextPassword" value="{password}" /></plugins></packageSourceCredentials>
            """;
    }

    [Test, CancelAfter(Limit)]
    public async Task Credentials_of_the_environment_open_a_feed(CancellationToken cancellationToken)
    {
        await using var feed = Serve().Offer("Json.User", "1.0.0");
        feed.Credentials = ("builder", "secret");
        // A source of this test's own: the environment is everybody's.
        var config = Path.Combine(Place.Root, "NuGet.Config");
        await File.WriteAllTextAsync(config, (await File.ReadAllTextAsync(config, cancellationToken)).Replace("\"plugins\"", "\"guarded\"", StringComparison.Ordinal), cancellationToken);
        (await ResolveAsync("Json.User")).Findings.Should().ContainSingle().Which.Code.Should().Be("CSG2604");

        Environment.SetEnvironmentVariable("NuGetPackageSourceCredentials_guarded", "Username=builder;Password=secret");
        try
        {
            (await ResolveAsync("Json.User")).IsReady.Should().BeTrue();
        }
        finally
        {
            Environment.SetEnvironmentVariable("NuGetPackageSourceCredentials_guarded", null);
        }
    }

    [Test, CancelAfter(Limit)]
    public async Task A_feed_that_fails_is_named(CancellationToken cancellationToken)
    {
        await using var feed = Serve();
        feed.Failure = HttpStatusCode.InternalServerError;
        Configure(static o => o.Timeout = TimeSpan.FromSeconds(20));

        (await ResolveAsync("Json.User")).Findings.Should().ContainSingle(f => f.Code == "CSG2603" && f.Message.Contains("'plugins'") && f.Message.Contains(feed.Index));
    }

    [Test, CancelAfter(Limit)]
    public async Task A_feed_that_does_not_answer_is_waited_for_no_longer_than_allowed(CancellationToken cancellationToken)
    {
        await using var feed = Serve();
        feed.IsSilent = true;
        Configure(static o => o.Timeout = TimeSpan.FromSeconds(1));

        (await ResolveAsync("Json.User")).Findings.Should().ContainSingle(static f => f.Code == "CSG2603" && f.Message.Contains("does not answer within 1 s"));
    }

    [Test, CancelAfter(Limit), Description("Bad input 64")]
    public async Task Cancelling_ends_the_wait_for_a_feed_and_leaves_nothing(CancellationToken cancellationToken)
    {
        await using var feed = Serve();
        feed.IsSilent = true;
        using var cancel = new CancellationTokenSource();
        var resolving = Packages.ResolveAsync(new PackageRequest("Json.User"), cancel.Token);
        await Eventually.TrueAsync(() => feed.Requests.Count > 0, "the feed is asked");

        await cancel.CancelAsync();

        await resolving.Invoking(static r => r).Should().ThrowAsync<OperationCanceledException>();
        Directory.EnumerateFileSystemEntries(Plugins.Path).Should().BeEmpty();
    }

    [Test, CancelAfter(Limit)]
    public async Task A_source_that_no_mapping_allows_offers_nothing(CancellationToken cancellationToken)
    {
        await using var feed = Serve().Offer("Json.User", "1.0.0");
        await using var stranger = new V3Feed();
        stranger.Offer("Json.User", "2.0.0");

        var plan = await Packages.ResolveAsync(new PackageRequest("Json.User") { Sources = [stranger.Index] }, cancellationToken);

        plan.Findings.Should().ContainSingle(static f => f.Code == "CSG2602" && f.Message.Contains("mapped"));
        stranger.Requests.Should().BeEmpty();
    }

    [Test, CancelAfter(Limit)]
    public async Task A_feed_over_plain_HTTP_that_is_not_this_machine_is_refused(CancellationToken cancellationToken)
    {
        NuGetFiles.Write(Place.Root, "http://packages.example/v3/index.json");

        (await ResolveAsync("Json.User")).Findings.Should().ContainSingle(static f => f.Code == "CSG2605");
    }

    [Test, CancelAfter(Limit)]
    public async Task What_is_in_the_cache_needs_no_feed_if_the_version_is_exact(CancellationToken cancellationToken)
    {
        await using (var feed = Serve().Offer("Json.User", "1.0.0"))
            (await ResolveAsync("Json.User")).IsReady.Should().BeTrue();

        Configure(static o => o.Timeout = TimeSpan.FromSeconds(5));
        (await ResolveAsync("Json.User", "1.0.0")).IsReady.Should().BeTrue("the feed is gone, the package is here");
        (await ResolveAsync("Json.User")).Findings.Should().ContainSingle(static f => f.Code == "CSG2603");
    }

    [Test, CancelAfter(Limit)]
    public async Task Higher_versions_are_told_within_the_range_and_beyond(CancellationToken cancellationToken)
    {
        await using var feed = Serve();
        foreach (var version in (string[])["1.0.0", "1.1.0", "2.0.0", "3.0.0-beta"]) feed.Offer("Made.One", version, new MadePackage("Made.One") { Version = version }.Build());

        var answers = await Packages.OutdatedAsync(
        [
            ("1.0.0", new PackageRequest("Made.One") { Version = "[1.0,2.0)" }), ("2.0.0", new PackageRequest("Made.One")),
            ("2.0.0", new PackageRequest("Made.One") { AllowPrerelease = true }), ("1.0.0", new PackageRequest("Made.Absent")),
        ], cancellationToken);

        answers.Select(static a => (a.Allowed, a.Latest)).Should().Equal(("1.1.0", "2.0.0"), (null, null), ("3.0.0-beta", "3.0.0-beta"), (null, null));
    }

    [TestCase("1.*", "1.1.0"), TestCase("[1.0,1.1)", "1.0.0"), TestCase("2.0.0", "2.0.0"), TestCase(null, "2.0.0"), TestCase("3.0.0-*", "3.0.0-beta"), CancelAfter(Limit)]
    public async Task A_range_takes_its_highest_version(string? range, string taken, CancellationToken cancellationToken)
    {
        await using var feed = Serve();
        foreach (var version in (string[])["1.0.0", "1.1.0", "2.0.0", "3.0.0-beta"])
            feed.Offer("Made.One", version, new MadePackage("Made.One") { Version = version, ManifestVersion = version }.Build());

        var plan = await ResolveAsync("Made.One", range);

        plan.IsReady.Should().BeTrue("{0}", string.Join(" ", plan.Findings));
        plan.Packages[0].Version.Should().Be(taken);
    }

    [Test, CancelAfter(Limit)]
    public async Task A_version_that_its_author_withdrew_is_taken_only_by_name(CancellationToken cancellationToken)
    {
        await using var feed = Serve().Offer("Json.User", "1.0.0").Offer("Json.User", "2.0.0");
        feed.Unlisted.Add("2.0.0");

        (await ResolveAsync("Json.User")).Packages[0].Version.Should().Be("1.0.0");
        (await ResolveAsync("Json.User", "2.0.0")).Packages[0].Version.Should().Be("2.0.0");
        (await Packages.OutdatedAsync([("1.0.0", new PackageRequest("Json.User"))], cancellationToken))[0].IsOutdated.Should().BeFalse();
    }

    [Test, CancelAfter(Limit)]
    public async Task A_source_that_fails_is_passed_over_where_the_operator_says_so(CancellationToken cancellationToken)
    {
        await using var feed = Serve();
        feed.IsSilent = true;
        Offer(("Json.User", "1.0.0"));
        Configure(static o => (o.SkipFailedSources, o.Timeout) = (true, TimeSpan.FromSeconds(2)));
        NuGetFiles.Write(Place.Root, feed.Index, another: Feed);

        var plan = await ResolveAsync("Json.User");

        plan.IsReady.Should().BeTrue("{0}", string.Join(" ", plan.Findings));
        plan.Findings.Should().Contain(static f => f.Code == "CSG2603" && f.Severity == FindingSeverity.Warning && f.Message.Contains("'plugins'"));
    }

    [Test, CancelAfter(Limit)]
    public async Task A_download_that_fails_is_an_error_though_sources_that_fail_are_passed_over(CancellationToken cancellationToken)
    {
        await using var feed = Serve().Offer("Made.Part", "1.0.0", new MadePackage("Made.Part") { IsPlugin = false, Type = "Dependency" }.Build());
        feed.HoldsDownloads = true;
        Put(new MadePackage("Whole.User") { Dependencies = [("Made.Part", "1.0.0")] });
        Configure(static o => (o.SkipFailedSources, o.DownloadTimeout) = (true, TimeSpan.FromSeconds(1)));
        NuGetFiles.Write(Place.Root, feed.Index, another: Feed);

        var plan = await ResolveAsync("Whole.User");

        plan.IsReady.Should().BeFalse();
        plan.Findings.Should().ContainSingle(static f => f.Code == "CSG2603" && f.Severity == FindingSeverity.Error && f.Message.Contains("'plugins'"), "{0}", string.Join(" ", plan.Findings));
    }

    [Test, CancelAfter(Limit)]
    public async Task A_source_that_lists_a_package_and_does_not_give_it_is_said_with_its_reason(CancellationToken cancellationToken)
    {
        await using var feed = Serve().Offer("Made.One", "1.0.0", new MadePackage("Made.One").Build());
        feed.DownloadFailure = HttpStatusCode.InternalServerError;

        var plan = await ResolveAsync("Made.One");

        plan.IsReady.Should().BeFalse();
        plan.Findings.Should().ContainSingle(static f => f.Code == "CSG2603" && f.Message.Contains("does not give Made.One.1.0.0") && f.Message.Contains("500"), "{0}", string.Join(" ", plan.Findings));
    }

    [Test, CancelAfter(Limit)]
    public async Task A_download_without_end_is_ended(CancellationToken cancellationToken)
    {
        var noise = new byte[3 << 20];
        Random.Shared.NextBytes(noise);
        await using var feed = Serve().Offer("Made.One", "1.0.0", new MadePackage("Made.One") { Files = new Dictionary<string, byte[]> { ["content/noise"] = noise } }.Build());
        Configure(static o => o.MaxFolderBytes = 1 << 20);

        var plan = await ResolveAsync("Made.One");

        plan.Findings.Should().ContainSingle(static f => f.Code == "CSG2651" && f.Message.Contains("from 'plugins' is larger"), "{0}", string.Join(" ", plan.Findings));
    }

    [Test, CancelAfter(Limit)]
    public async Task A_description_that_would_fill_the_memory_is_not_read(CancellationToken cancellationToken)
    {
        await using var feed = Serve().Offer("Made.One", "1.0.0", new MadePackage("Made.One") { Description = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(1 << 20)) }.Build());

        var plan = await ResolveAsync("Made.One");

        plan.Findings.Should().ContainSingle(static f => f.Severity == FindingSeverity.Error && f.Message.Contains("Made.One.nuspec") && f.Message.Contains("larger"), "{0}", string.Join(" ", plan.Findings));
    }

    [Test, CancelAfter(Limit)]
    public async Task What_is_secret_in_the_address_of_a_source_is_not_told(CancellationToken cancellationToken)
    {
        await using var feed = Serve();
        feed.Failure = HttpStatusCode.InternalServerError;
        var address = feed.Index.Replace("://", "://user:hidden@", StringComparison.Ordinal) + "?token=secret";

        var plan = await Packages.ResolveAsync(new PackageRequest("Made.One") { Sources = [address] }, cancellationToken);

        plan.Findings.Should().NotBeEmpty();
        plan.Findings.Select(static f => $"{f.Message} {f.Remedy}").Should().OnlyContain(static text => !text.Contains("hidden") && !text.Contains("secret"));
    }

    private V3Feed Serve()
    {
        var feed = new V3Feed();
        NuGetFiles.Write(Place.Root, feed.Index);
        return feed;
    }
}
