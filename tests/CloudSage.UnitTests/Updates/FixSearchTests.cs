using CloudSage.PluginHost;
using CloudSage.PluginHost.Advisories;
using CloudSage.PluginHost.NuGet;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Updates;
using CloudSage.PluginHost.Updates.Planning;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Updates;

/// <summary>Which version a plugin is updated to, and why there is none.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FixSearchTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly AdvisoryMatch Json = Match("Newtonsoft.Json", "12.0.3", "GHSA-json");
    private static readonly AdvisoryMatch Text = Match("System.Text", "4.0.0", "GHSA-text", AdvisorySeverity.Critical);

    private readonly FakeReleases _releases = new();
    private readonly FakeTimeProvider _clock = new(Now);
    private readonly SecurityUpdateOptions _policy = new() { Cooldown = TimeSpan.Zero };
    private readonly FakeHistory _history = new();

    [Test]
    public async Task The_lowest_version_that_mends_it_is_taken()
    {
        _releases.Offer("1.0.1", Json).Offer("1.0.2").Offer("1.1.0");
        var found = await FindAsync(Json);
        found.Target.Should().Be("1.0.2");
        found.Mended.Should().Equal(Json);
        _releases.Examined.Should().Equal("1.0.1", "1.0.2");
    }

    [Test]
    public async Task A_version_that_brings_another_vulnerability_is_passed_over()
    {
        _releases.Offer("1.0.1", Text).Offer("1.0.2");
        (await FindAsync(Json)).Target.Should().Be("1.0.2");
    }

    [Test]
    public async Task A_version_of_which_less_can_be_told_is_passed_over()
    {
        _releases.Offer("1.0.1").Offer("1.0.2");
        _releases.Unresolved["1.0.1"] = ["No .deps.json names 'odd.dll'."];
        (await FindAsync(Json)).Target.Should().Be("1.0.2");
    }

    [Test]
    public async Task Where_no_version_mends_everything_the_one_that_mends_most_is_taken()
    {
        var third = Match("Third", "1.0.0", "GHSA-third");
        _releases.Offer("1.0.1", Json, Text).Offer("1.0.2", Json).Offer("1.0.3", Json);
        var found = await FindAsync(Text, Json, third);
        found.Target.Should().Be("1.0.2");
        found.Mended.Should().Equal(Text, third);
        found.Remaining.Should().Equal(Json);
    }

    [Test]
    public async Task Without_a_version_that_mends_it_the_finding_says_so()
    {
        _releases.Offer("1.0.1", Json);
        var found = await FindAsync(Json);
        found.Target.Should().BeNull();
        Codes(found).Should().Equal(UpdateCodes.NoFix);
    }

    [Test]
    public async Task Where_none_may_be_taken_one_finding_names_the_versions_and_why_each_was_not()
    {
        _policy.Cooldown = TimeSpan.FromDays(1);
        _history.RolledBack.Add("1.0.9");
        for (var patch = 1; patch <= 5; patch++) _releases.Offer($"1.0.{patch}", Json);
        _releases.Offer("1.0.6", Text).Offer("1.0.7").Offer("1.0.8").Offer("1.0.9").Unresolved["1.0.7"] = ["No .deps.json names 'odd.dll'."];
        _releases.Published["1.0.8"] = Now.AddHours(-1);
        _releases.PassedOver.AddRange([new("1.1.0-beta", VersionObstacle.Prerelease), new("1.2.0", VersionObstacle.Unlisted), new("2.0.0", VersionObstacle.OutOfRange)]);
        var found = await FindAsync(Json);
        Codes(found).Should().Equal(UpdateCodes.TooYoung, UpdateCodes.RolledBackBefore, UpdateCodes.NoFix);
        var (finding, message) = (found.Findings[^1], found.Findings[^1].Message);
        message.Should().Contain("1.0.3, 1.0.4, 1.0.5 and 2 below (still affected by GHSA-json); 1.0.6 (affected by GHSA-text instead); 1.0.7 (less can be told of it than of the installed one)")
            .And.Contain("1.0.8 (in its cooldown until 2026-03-02 11:00:00Z); 1.0.9 (taken before and rolled back)").And.EndWith("1.1.0-beta (a prerelease); 2 more.");
        finding.Remedy.Should().Be("The findings beside this one say what can be done.");
    }

    [TestCase(VersionObstacle.OutOfRange, "3.0.0 (out of the range)"), TestCase(VersionObstacle.Prerelease, "3.0.0 (a prerelease)"), TestCase(VersionObstacle.Unlisted, "3.0.0 (unlisted)")]
    public async Task A_version_that_is_not_even_looked_at_is_named_too(VersionObstacle obstacle, string said)
    {
        _releases.PassedOver.Add(new PassedOverVersion("3.0.0", obstacle));
        var found = await FindAsync(Json);
        Codes(found).Should().Equal(UpdateCodes.NoFix);
        found.Findings[0].Message.Should().Contain(said);
        found.Findings[0].Remedy.Should().StartWith("Watch for one");
    }

    [Test]
    public async Task Where_the_source_has_no_higher_version_the_finding_says_so()
        => (await FindAsync(Json)).Findings.Single().Message.Should().EndWith("its source has no higher one.");

    [Test]
    public async Task A_version_beyond_the_range_is_named_and_not_taken()
    {
        _releases.Offer("1.0.1", Json).Offer("2.0.0").Latest = "2.0.0";
        var found = await FindAsync(Json);
        found.Target.Should().BeNull();
        found.Findings.Single().Should().Match<Finding>(static f => f.Code == UpdateCodes.BeyondRange && f.Message.Contains("2.0.0") && f.Remedy.Contains("Made.Plugin@2.0.0"));
    }

    [Test]
    public async Task A_source_that_fails_is_told_and_nothing_is_taken()
    {
        _releases.Failure = Finding.Error("CSG2603", "The source fails.", "See to it.");
        var found = await FindAsync(Json);
        found.Target.Should().BeNull();
        Codes(found).Should().Equal("CSG2603");
    }

    [Test]
    public async Task A_version_that_cannot_be_installed_is_passed_over_and_told_where_no_other_mends_it()
    {
        _releases.Offer("1.0.1").Offer("1.0.2").Broken.Add("1.0.1");
        (await FindAsync(Json)).Target.Should().Be("1.0.2");
        _releases.Broken.Add("1.0.2");
        Codes(await FindAsync(Json)).Should().Equal(UpdateCodes.CannotBeInstalled, "CSG2622", UpdateCodes.CannotBeInstalled, "CSG2622");
    }

    [Test]
    [Description("Bad input 56")]
    public async Task A_version_that_asks_for_more_is_left_to_the_operator()
    {
        _releases.Offer("1.0.1").Permissions["1.0.1"] = ["ReadCostData", "WriteFiles"];
        var found = await FindAsync(Json);
        found.Target.Should().BeNull();
        found.Findings.Single().Should().Match<Finding>(static f => f.Code == UpdateCodes.AsksForMore && f.Message.Contains("WriteFiles") && !f.Message.Contains("ReadCostData"));
        found.Findings[0].Remedy.Should().Contain("--grant WriteFiles");
    }

    [Test]
    public async Task A_version_that_was_rolled_back_is_not_tried_again_and_a_higher_one_is()
    {
        _history.RolledBack.Add("1.0.1");
        _releases.Offer("1.0.1");
        Codes(await FindAsync(Json)).Should().Equal(UpdateCodes.RolledBackBefore);
        _releases.Examined.Should().BeEmpty();
        _releases.Offer("1.0.2");
        (await FindAsync(Json)).Target.Should().Be("1.0.2");
    }

    [Test]
    public async Task A_young_version_waits_until_it_has_been_published_for_long_enough()
    {
        _policy.Cooldown = TimeSpan.FromDays(1);
        _releases.Offer("1.0.1").Published["1.0.1"] = Now.AddHours(-23);
        var found = await FindAsync(Json);
        Codes(found).Should().Equal(UpdateCodes.TooYoung);
        found.NotBefore.Should().Be(Now.AddHours(1));
        _clock.Advance(TimeSpan.FromHours(1));
        (await FindAsync(Json)).Target.Should().Be("1.0.1");
    }

    [Test]
    public async Task Where_the_feed_does_not_say_when_a_version_is_as_old_as_it_is_known()
    {
        _policy.Cooldown = TimeSpan.FromDays(1);
        _releases.Offer("1.0.1");
        (await FindAsync(Json)).NotBefore.Should().Be(Now.AddDays(1));
        _clock.Advance(TimeSpan.FromDays(1));
        (await FindAsync(Json)).Target.Should().Be("1.0.1");
    }

    [Test]
    public async Task An_older_version_that_mends_it_too_need_not_wait_for_a_younger()
    {
        _policy.Cooldown = TimeSpan.FromDays(1);
        _releases.Offer("1.0.1").Offer("1.1.0");
        (_releases.Published["1.0.1"], _releases.Published["1.1.0"]) = (Now.AddHours(-1), Now.AddDays(-9));
        (await FindAsync(Json)).Target.Should().Be("1.1.0");
    }

    [Test]
    public async Task What_is_critical_has_a_cooldown_of_its_own()
    {
        _policy.Cooldown = TimeSpan.FromDays(1);
        _releases.Offer("1.0.1").Published["1.0.1"] = Now;
        (await FindAsync(Text)).Target.Should().Be("1.0.1");
        _policy.CriticalCooldown = TimeSpan.FromHours(2);
        (await FindAsync(Text)).NotBefore.Should().Be(Now.AddHours(2));
    }

    [Test]
    public async Task Of_many_versions_the_highest_are_looked_at()
    {
        for (var patch = 1; patch <= 40; patch++) _releases.Offer($"1.0.{patch}", Json);
        var found = await FindAsync(Json);
        _releases.Examined.Should().HaveCount(16).And.StartWith("1.0.25");
        found.Findings.Single().Message.Should().Contain("1.0.38, 1.0.39, 1.0.40 and 13 below (still affected").And.Contain("1.0.24 and 21 below (not looked at");
    }

    private async Task<SecurityUpdate> FindAsync(params AdvisoryMatch[] pressing)
    {
        var locked = new LockedPlugin { Version = "1.0.0", Hash = "0", Origin = "nuget:Made.Plugin/1.0.0", Range = "[1.0,2.0)", Permissions = ["ReadCostData"] };
        var report = new AdvisoryReport { Verdict = AdvisoryVerdict.Vulnerable, Matches = pressing };
        return await new FixSearch(_releases, _history, _policy, _clock).FindAsync(
            new SecurityUpdate("made-plugin", "1.0.0", pressing) { Locked = locked }, PackageOrigin.Parse(locked.Origin)!, report, CancellationToken.None);
    }

    private static IEnumerable<string> Codes(SecurityUpdate update) => update.Findings.Select(static f => f.Code);

    private static AdvisoryMatch Match(string package, string version, string id, AdvisorySeverity severity = AdvisorySeverity.High)
        => new(new ResolvedPackage(PackageEcosystem.NuGet, package, version, "x.deps.json"), [id], severity, "", null);

    private sealed class FakeHistory : IUpdateHistory
    {
        public HashSet<string> RolledBack { get; } = [];

        public DateTimeOffset FirstSeen(string package, string version) => Now;

        public bool WasRolledBack(string plugin, string version) => RolledBack.Contains(version);
    }
}
