using CloudSage.PackageTests.Feeds;
using CloudSage.PluginHost.NuGet;
using CloudSage.PluginHost.NuGet.Feeds;

namespace CloudSage.PackageTests.Installing;

/// <summary>A plugin is taken from the source that it came from, whatever other sources have of the same name.</summary>
internal sealed class SourceTests : PackageTests
{
    private const string Id = "Made.One";

    private string A => Folder("a");

    private string B => Folder("b");

    [Test, CancelAfter(Limit), Description("Bad input 58")]
    public async Task Another_source_with_a_higher_version_is_not_asked(CancellationToken cancellationToken)
    {
        Offer(A, "1.0.0", "1.1.0");
        Offer(B, "5.0.0");
        Write(("b", B));
        var request = new PackageRequest(Id) { Source = A };

        (await Packages.NewerAsync("1.0.0", request, cancellationToken)).Should().BeEquivalentTo(new { Allowed = new[] { "1.1.0" }, Latest = "1.1.0", Findings = Array.Empty<Finding>() });
        (await Packages.OutdatedAsync([("1.0.0", request)], cancellationToken)).Single().Latest.Should().Be("1.1.0");
        (await TakenAsync(request)).Should().BeEquivalentTo(new { Version = "1.1.0", Source = A });
        (await TakenAsync(request with { Sources = [B] })).Should().BeEquivalentTo(new { Version = "5.0.0", Source = B }, "the operator names it");
        (await TakenAsync(request with { Source = null })).Version.Should().Be("5.0.0", "of an old lock file's line nobody knows the source");
    }

    [TestCase("""<disabledPackageSources><add key="a" value="true" /></disabledPackageSources>""", "disables it ('a')")]
    [TestCase("""<packageSourceMapping><packageSource key="b"><package pattern="*" /></packageSource></packageSourceMapping>""", "no packageSourceMapping")]
    [CancelAfter(Limit)]
    public async Task A_source_that_NuGet_Config_no_longer_allows_is_said(string rule, string reason, CancellationToken cancellationToken)
    {
        Offer(A, "1.0.0", "1.1.0");
        Offer(B, "5.0.0");
        Write(rule, ("a", A), ("b", B));
        var request = new PackageRequest(Id) { Source = A };

        IReadOnlyList<Finding>[] answers =
        [
            (await Packages.NewerAsync("1.0.0", request, cancellationToken)).Findings, (await Packages.OutdatedAsync([("1.0.0", request)], cancellationToken)).Single().Findings,
            (await Packages.ResolveAsync(request with { Version = "1.0.0" }, cancellationToken)).Findings,
        ];

        answers.Should().OnlyContain(f => f.Count == 1 && f[0].Code == "CSG2611" && f[0].Message.Contains(reason) && f[0].Message.Contains(A) && f[0].Remedy.Contains("--source"));
    }

    [Test, CancelAfter(Limit)]
    public async Task What_it_needs_comes_from_its_source_too_and_from_NuGet_Config_where_that_has_it_not(CancellationToken cancellationToken)
    {
        Put(A, new MadePackage(Id) { Dependencies = [("Made.Private", "1.0.0"), ("Made.Public", "1.0.0")] });
        Put(A, new MadePackage("Made.Private") { Version = "1.1.0", IsPlugin = false, Type = "Dependency" });
        foreach (var id in (string[])["Made.Private", "Made.Public"]) Put(B, new MadePackage(id) { IsPlugin = false, Type = "Dependency" });
        Write(("b", B));

        var plan = await Packages.ResolveAsync(new PackageRequest(Id) { Source = A }, cancellationToken);

        plan.IsReady.Should().BeTrue("{0}", string.Join(" ", plan.Findings));
        plan.Packages.Select(static p => (p.Id, p.Version, p.Source)).Should().BeEquivalentTo([(Id, "1.0.0", A), ("Made.Private", "1.1.0", A), ("Made.Public", "1.0.0", B)]);
    }

    [Test, CancelAfter(Limit)]
    public async Task A_cached_package_of_another_source_is_fetched_from_the_one_that_may_offer_it(CancellationToken cancellationToken)
    {
        Offer(A, "1.0.0");
        Write(("a", A));
        await TakenAsync(new PackageRequest(Id));
        File.Copy(Path.Combine(A, $"{Id}.1.0.0.nupkg"), Path.Combine(B, $"{Id}.1.0.0.nupkg"));
        Write(("b", B));

        var plan = await Packages.ResolveAsync(new PackageRequest(Id), cancellationToken);

        plan.IsReady.Should().BeTrue("{0}", string.Join(" ", plan.Findings));
        plan.Packages[0].Source.Should().Be(B);
        plan.Findings.Should().NotContain(static f => f.Code == "CSG2612", "the bytes are the same");
        File.Delete(Path.Combine(B, $"{Id}.1.0.0.nupkg"));
        (await TakenAsync(new PackageRequest(Id) { Version = "1.0.0" })).Source.Should().Be(B, "it is in the cache from there as well");
    }

    [Test, CancelAfter(Limit), Description("Bad input 25")]
    public async Task Other_bytes_as_the_same_version_are_said_and_leave_the_cached_ones_alone(CancellationToken cancellationToken)
    {
        Offer(A, "1.0.0");
        Write(("a", A));
        var first = await TakenAsync(new PackageRequest(Id));
        Put(B, new MadePackage(Id) { Files = new Dictionary<string, byte[]> { ["tools/other.txt"] = [1] } });
        Write(("b", B));

        for (var again = 0; again < 2; again++)
        {
            var plan = await Packages.ResolveAsync(new PackageRequest(Id) { Version = "1.0.0" }, cancellationToken);
            plan.IsReady.Should().BeTrue("{0}", string.Join(" ", plan.Findings));
            plan.Packages[0].Source.Should().Be(B);
            plan.Packages[0].PackageHash.Should().Be(await PackageCache.HashOfAsync(Path.Combine(B, $"{Id}.1.0.0.nupkg"), cancellationToken)).And.NotBe(first.PackageHash);
            var said = plan.Findings.Should().ContainSingle(static f => f.Code == "CSG2612").Subject;
            said.Severity.Should().Be(FindingSeverity.Warning);
            said.Message.Should().ContainAll(A, B, first.PackageHash, plan.Packages[0].PackageHash);
        }

        Write(("a", A));
        (await TakenAsync(new PackageRequest(Id) { Version = "1.0.0" })).PackageHash.Should().Be(first.PackageHash);
    }

    [Test, CancelAfter(Limit)]
    public async Task A_folder_that_is_not_there_is_a_source_that_cannot_be_reached([Values] bool skips, CancellationToken cancellationToken)
    {
        Offer(A, "1.0.0");
        var gone = Path.Combine(A, "gone");
        Write(("a", A), ("gone", gone));
        Configure(o => o.SkipFailedSources = skips);

        var named = await Packages.ResolveAsync(new PackageRequest(Id) { Sources = [gone] }, cancellationToken);
        var configured = await Packages.ResolveAsync(new PackageRequest(Id), cancellationToken);

        named.IsReady.Should().BeFalse();
        configured.IsReady.Should().Be(skips, "{0}", string.Join(" ", configured.Findings));
        foreach (var plan in (PackagePlan[])[named, configured]) plan.Findings.Should().Contain(f => f.Code == "CSG2603" && f.Message.Contains(gone, StringComparison.Ordinal));
    }

    [TestCase("1.0.0"), TestCase("[1.0.0]"), CancelAfter(Limit)]
    public async Task One_version_pins(string range, CancellationToken cancellationToken)
    {
        Offer(A, "1.0.0", "1.2.0");
        Write(("a", A));
        var request = new PackageRequest(Id) { Version = range, Source = A };

        (await Packages.OutdatedAsync([("1.0.0", request)], cancellationToken)).Should().ContainSingle().Which.Should().BeEquivalentTo(new { Allowed = (string?)null, Latest = "1.2.0", IsPinned = true });
        (await Packages.NewerAsync("1.0.0", request, cancellationToken)).Should().BeEquivalentTo(new { Allowed = Array.Empty<string>(), Latest = "1.2.0" });
        (await Packages.OutdatedAsync([("1.0.0", request with { Version = "[1.0.0,2.0)" })], cancellationToken)).Single().Should().BeEquivalentTo(new { Allowed = "1.2.0", IsPinned = false });
    }

    [Test, CancelAfter(Limit)]
    public async Task Higher_versions_that_may_not_be_taken_are_told_with_the_reason(CancellationToken cancellationToken)
    {
        await using var feed = new V3Feed();
        NuGetFiles.Write(Place.Root, feed.Index);
        foreach (var version in (string[])["1.0.0", "1.1.0", "1.2.0", "1.3.0-beta", "2.0.0"]) feed.Offer(Id, version, new MadePackage(Id) { Version = version, ManifestVersion = version }.Build());
        feed.Unlisted.Add("1.2.0");

        var newer = await Packages.NewerAsync("1.0.0", new PackageRequest(Id) { Version = "[1.0,2.0)" }, cancellationToken);

        newer.Allowed.Should().Equal("1.1.0");
        newer.PassedOver.Should().Equal(new PassedOverVersion("1.2.0", VersionObstacle.Unlisted), new PassedOverVersion("1.3.0-beta", VersionObstacle.Prerelease), new PassedOverVersion("2.0.0", VersionObstacle.OutOfRange));
    }

    [Test, CancelAfter(Limit)]
    public async Task An_installed_version_that_cannot_be_read_is_said_and_does_not_keep_the_others_from_being_told(CancellationToken cancellationToken)
    {
        Offer(A, "1.0.0", "1.1.0");
        Write(("a", A));
        var request = new PackageRequest(Id);

        var outdated = await Packages.OutdatedAsync([("1.x", request), ("1.0.0", request)], cancellationToken);

        IsSaid(outdated[0].Findings);
        outdated[1].Latest.Should().Be("1.1.0");
        IsSaid((await Packages.NewerAsync("1.x", request, cancellationToken)).Findings);
        (await Packages.PublishedAsync("1.x", request, cancellationToken)).Should().BeNull();

        static void IsSaid(IReadOnlyList<Finding> findings)
            => findings.Should().ContainSingle().Which.Should().Match<Finding>(static f => f.Code == "CSG2600" && f.Severity == FindingSeverity.Error && f.Message.Contains("'1.x'") && f.Message.Contains(Id));
    }

    [TestCase("http://"), TestCase("https://"), TestCase("http://[bad/v3/index.json"), TestCase("ht!tp:feed"), TestCase(""), CancelAfter(Limit)]
    public async Task A_source_that_is_mistyped_is_said(string source, CancellationToken cancellationToken)
    {
        Write(("a", A));
        var plan = await Packages.ResolveAsync(new PackageRequest(Id) { Sources = [source] }, cancellationToken);
        plan.Findings.Should().ContainSingle(static f => f.Severity == FindingSeverity.Error && (f.Code == "CSG2603" || f.Code == "CSG2606"), "{0}", string.Join(" ", plan.Findings));
    }

    [TestCase("NUGET_PACKAGES"), TestCase("NUGET_FALLBACK_PACKAGES"), NonParallelizable, CancelAfter(Limit)]
    public async Task A_folder_of_packages_that_NuGet_refuses_is_said(string variable, CancellationToken cancellationToken)
    {
        Offer(A, "1.0.0");
        Write(("a", A));
        var before = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, "pkgs");
        try
        {
            (await Packages.ResolveAsync(new PackageRequest(Id), cancellationToken)).Findings.Should().ContainSingle(f => f.Code == "CSG2601" && f.Message.Contains("pkgs"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, before);
        }
    }

    [Test]
    public void The_address_is_kept_without_what_may_be_secret()
    {
        var kept = PackageOrigin.Of(new PlannedPackage(Id, "1.0.0", "https://user:pass@feed.example/v3/index.json?token=t") { PackageHash = "" }, null);
        kept.Source.Should().Be("https://feed.example/v3/index.json");
        kept.Range.Should().BeNull();
    }

    [Test]
    public void Another_source_than_so_far_is_said()
    {
        var before = new PluginHost.Registration.LockedPlugin { Version = "1.0.0", Hash = "0", Source = "https://feed.example/v3/index.json" };
        PackageOrigin.SourceChange("made-one", before, From("https://FEED.example/v3/index.json/")).Should().BeNull("it is the same");
        PackageOrigin.SourceChange("made-one", before with { Source = null }, From(A)).Should().BeNull("nobody knows");
        PackageOrigin.SourceChange("made-one", before, From(A)).Should().Match<Finding>(f => f.Code == "CSG2613" && f.Message.Contains(before.Source) && f.Message.Contains(A));
        PackageOrigin.SourceChange("made-one", before, From("https://FEED.example/v3/index.json/"), isNamed: false).Should().BeNull("it is the same");
        PackageOrigin.SourceChange("made-one", before, From(A), isNamed: false).Should().Match<Finding>(
            f => f.Severity == FindingSeverity.Error && f.Code == "CSG2613" && f.Remedy.Contains($"--source {before.Source}") && f.Remedy.Contains($"--source {A}"), "nobody named it");

        static PluginHost.Registration.PluginOrigin From(string source) => new("nuget:Made.One/1.0.0") { Source = source };
    }

    private async Task<PlannedPackage> TakenAsync(PackageRequest request)
    {
        var plan = await Packages.ResolveAsync(request, TestContext.CurrentContext.CancellationToken);
        plan.IsReady.Should().BeTrue("{0}", string.Join(" ", plan.Findings));
        return plan.Packages[0];
    }

    private static void Offer(string folder, params string[] versions)
    {
        foreach (var version in versions) Put(folder, new MadePackage(Id) { Version = version, ManifestVersion = version });
    }

    private static void Put(string folder, MadePackage package) => File.WriteAllBytes(Path.Combine(folder, $"{package.Id}.{package.Version}.nupkg"), package.Build());

    private string Folder(string name) => Directory.CreateDirectory(Path.Combine(Place.Root, name)).FullName;

    private void Write(params (string Name, string Folder)[] sources) => Write("", sources);

    /// <summary>A NuGet.Config with these sources alone.</summary>
    private void Write(string rule, params (string Name, string Folder)[] sources) => File.WriteAllText(Path.Combine(Place.Root, "NuGet.Config"), $"""
        <configuration>
          <packageSources><clear />{string.Concat(sources.Select(static s => $"""<add key="{s.Name}" value="{s.Folder}" />"""))}</packageSources>
          {(rule.Contains("disabledPackageSources", StringComparison.Ordinal) ? rule : "<disabledPackageSources><clear /></disabledPackageSources>")}
          {(rule.Contains("packageSourceMapping", StringComparison.Ordinal) ? rule : "<packageSourceMapping><clear /></packageSourceMapping>")}
        </configuration>
        """);
}
