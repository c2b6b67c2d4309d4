using CloudSage.PluginHost.Manifests;

namespace CloudSage.UnitTests.Manifests;

public sealed class DurationTextTests
{
    [TestCase("30s", 30_000)]
    [TestCase("5m", 300_000)]
    [TestCase("1h30m", 5_400_000)]
    [TestCase("250ms", 250)]
    [TestCase("1s250ms", 1250)]
    [TestCase("1.5s", 1500)]
    [TestCase("7d", 604_800_000)]
    [TestCase("PT30S", 30_000)]
    [TestCase("PT1H30M", 5_400_000)]
    [TestCase("P1DT1S", 86_401_000)]
    [TestCase("P2W", 1_209_600_000)]
    public void TryParse_Durations_AreRead(string text, long milliseconds)
    {
        DurationText.TryParse(text, out var value).Should().BeTrue();
        value.Should().Be(TimeSpan.FromMilliseconds(milliseconds));
    }

    [TestCase("")]
    [TestCase("30")]
    [TestCase("30 s")]
    [TestCase("s")]
    [TestCase("-5s")]
    [TestCase("0s")]
    [TestCase("30m1h")]
    [TestCase("31d")]
    [TestCase("999999999d")]
    [TestCase("9999999999s")]
    [TestCase("P")]
    [TestCase("PT")]
    [TestCase("P1M")]
    [TestCase("P1Y")]
    [TestCase("1:30")]
    [TestCase("٣s")]
    public void TryParse_Others_AreNot(string text) => DurationText.TryParse(text, out _).Should().BeFalse();
}
