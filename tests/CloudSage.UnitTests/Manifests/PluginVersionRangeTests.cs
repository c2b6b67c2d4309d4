using CloudSage.PluginHost.Manifests;
using NuGet.Versioning;

namespace CloudSage.UnitTests.Manifests;

public sealed class PluginVersionRangeTests
{
    [TestCase("*", "0.0.1 9.9.9 1.0.0-a", "")]
    [TestCase(">=1.0 <2", "1.0.0 1.9.9 1.5.0-beta", "0.9.9 1.0.0-rc.1 2.0.0 2.0.0-beta 3.0.0")]
    [TestCase(">= 1.0, < 2", "1.0.0 1.9.9", "0.9.9 2.0.0")]
    [TestCase(">=1.0<2", "1.0.0", "2.0.0")]
    [TestCase(">1.2", "1.3.0 2.0.0", "1.2.0 1.2.9")]
    [TestCase(">1.2.3", "1.2.4", "1.2.3")]
    [TestCase("<=1.2", "1.2.9 0.1.0", "1.3.0 1.3.0-a")]
    [TestCase("<=1.2.3", "1.2.3 1.2.3-a", "1.2.4")]
    [TestCase("<2.0.0-beta", "2.0.0-alpha 1.9.0", "2.0.0-beta 2.0.0")]
    [TestCase("^1.2.3", "1.2.3 1.9.0", "1.2.2 2.0.0 2.0.0-a 1.2.3-a")]
    [TestCase("^0.2.3", "0.2.3 0.2.9", "0.3.0 0.2.2")]
    [TestCase("^0.0.3", "0.0.3", "0.0.4 0.0.2")]
    [TestCase("^0.0", "0.0.0 0.0.9", "0.1.0")]
    [TestCase("^0", "0.0.0 0.9.9", "1.0.0")]
    [TestCase("^1.2.3-beta.2", "1.2.3-beta.2 1.2.3 1.9.0", "1.2.3-beta.1")]
    [TestCase("~1.2.3", "1.2.3 1.2.9", "1.3.0 1.2.2")]
    [TestCase("~1.2", "1.2.0 1.2.9", "1.3.0")]
    [TestCase("~1", "1.0.0 1.9.0", "2.0.0")]
    [TestCase("1.2.3", "1.2.3 1.2.3+build", "1.2.4 1.2.2 1.2.3-a")]
    [TestCase("=1.2.3", "1.2.3", "1.2.4")]
    [TestCase("1.x", "1.0.0 1.9.9", "2.0.0 0.9.0")]
    [TestCase("1.2.*", "1.2.0 1.2.9", "1.3.0")]
    [TestCase("1.2", "1.2.0 1.2.9", "1.3.0")]
    [TestCase("1.x || ^3.1", "1.4.0 3.2.0", "2.0.0 3.0.0 4.0.0")]
    [TestCase("[1.0,2.0)", "1.0.0 1.9.9", "2.0.0 2.0.0-a 0.9.0")]
    [TestCase("(1.0, 2.0]", "1.0.1 2.0.0", "1.0.0 2.0.1")]
    [TestCase("[1.0]", "1.0.0", "1.0.1")]
    [TestCase("(,2.0)", "0.0.1 1.9.9", "2.0.0")]
    [TestCase("[1.0,)", "1.0.0 99.0.0", "0.9.0")]
    public void Contains_Ranges_HoldWhatTheySay(string text, string inside, string outside)
    {
        PluginVersionRange.TryParse(text, out var range).Should().BeTrue();

        foreach (var version in Versions(inside)) range!.Contains(version).Should().BeTrue("{0} is in {1}", version, text);
        foreach (var version in Versions(outside)) range!.Contains(version).Should().BeFalse("{0} is not in {1}", version, text);
        range!.ToString().Should().Be(text);
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("newest")]
    [TestCase("01.0")]
    [TestCase(">=")]
    [TestCase(">>1")]
    [TestCase(">1 <1")]
    [TestCase(">2 <1")]
    [TestCase("1.x.3")]
    [TestCase("1.2.3.4")]
    [TestCase("1.0.0-01")]
    [TestCase("1.0-beta")]
    [TestCase("[1.0,2.0")]
    [TestCase("[2.0,1.0]")]
    [TestCase("(1.0)")]
    [TestCase("[1.*,2.0)")]
    [TestCase("1 ||")]
    [TestCase("<*")]
    [TestCase(">*")]
    [TestCase("1.0 foo")]
    [TestCase("99999999999")]
    [TestCase(null)]
    public void TryParse_NoRange_IsFalse(string? text) => PluginVersionRange.TryParse(text, out _).Should().BeFalse();

    private static IEnumerable<SemanticVersion> Versions(string list) => list.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(SemanticVersion.Parse);
}
