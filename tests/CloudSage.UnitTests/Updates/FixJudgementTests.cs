using CloudSage.PluginHost.Advisories;
using CloudSage.PluginHost.Updates.Planning;

namespace CloudSage.UnitTests.Updates;

/// <summary>What another version would change about a plugin's vulnerabilities.</summary>
public sealed class FixJudgementTests
{
    [Test]
    public void A_vulnerability_remains_under_any_of_its_names_and_however_its_package_is_spelt()
        => FixJudgement.Of(Report(Match("Lib", "GHSA-1", "CVE-1")), [Match("Lib", "GHSA-1", "CVE-1")], Report(Match("lib", "CVE-1"))).Should().Match<FixJudgement>(static j => j.IsSafe && !j.IsFix && j.Remaining.Count == 1);

    [Test]
    public void The_same_vulnerability_in_another_package_is_a_new_one()
        => FixJudgement.Of(Report(Match("Lib", "CVE-1")), [Match("Lib", "CVE-1")], Report(Match("Fork", "CVE-1"))).IsSafe.Should().BeFalse();

    [Test]
    public void What_the_policy_does_not_heed_may_stay()
    {
        var (pressing, minor) = (Match("Lib", "CVE-1"), Match("Other", "CVE-2"));
        FixJudgement.Of(Report(pressing, minor), [pressing], Report(minor)).Should().Match<FixJudgement>(static j => j.IsFix && j.Remaining.Count == 0);
    }

    private static AdvisoryReport Report(params AdvisoryMatch[] matches) => new() { Verdict = AdvisoryVerdict.Vulnerable, Matches = matches };

    private static AdvisoryMatch Match(string package, params string[] ids)
        => new(new ResolvedPackage(PackageEcosystem.NuGet, package, "1.0.0", "x.deps.json"), ids, AdvisorySeverity.High, "", null);
}
