using CloudSage.PluginHost.Discovery;
using CloudSage.UnitTests.Staging.Archives;

namespace CloudSage.UnitTests.Discovery;

/// <summary>When an archive is taken for whole.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ArchiveSettlingTests : SettlingFixture
{
    private static readonly byte[] Archive = new CraftedArchive().Add("manifest.yaml", "name: a").Add(new CraftedEntry("A.dll", new byte[50_000]) { Method = 8 }).ToBytes();

    [Test]
    public void A_whole_archive_is_settled_when_it_has_rested()
    {
        Write("a.zip", Archive);

        Observe().State.Should().Be(ReadinessState.Settling);
        _time.Advance(_options.SettleWindow);
        Observe().Should().BeEquivalentTo(new { State = ReadinessState.Settled, Findings = Array.Empty<object>() });
        _manifests.Reads.Should().Be(0, "what is in it is read once it is unpacked");
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(40)]
    [TestCase(-100)]
    [TestCase(-1)]
    [Description("Bad input 24")]
    public void A_half_copied_archive_waits_is_told_of_after_the_grace_and_settles_when_it_is_whole(int length)
    {
        Write("a.zip", Archive[..(length >= 0 ? length : Archive.Length + length)]);
        _time.Advance(_options.SettleWindow);
        Observe().State.Should().Be(ReadinessState.Settling);

        _time.Advance(_options.IncompleteGrace);
        Observe();
        _time.Advance(_options.SettleWindow);
        var late = Observe();
        late.State.Should().Be(ReadinessState.Incomplete);
        late.Findings.Should().ContainSingle().Which.Code.Should().Be(DiscoveryCodes.ArchiveNotWhole);

        Write("a.zip", Archive);
        _time.Advance(_options.SettleWindow);
        Observe().State.Should().Be(ReadinessState.Settled);
    }

    [Test]
    [Description("Bad input 24")]
    public void A_file_whose_space_was_reserved_before_it_is_written_waits()
    {
        Write("a.zip", [.. Archive[..^30], .. new byte[30]]);
        _time.Advance(_options.SettleWindow);

        Observe().State.Should().Be(ReadinessState.Settling);
    }

    [Test]
    public void What_is_no_archive_is_never_settled()
    {
        Write("a.nupkg", "MZ this is no archive whatever it is called");
        _time.Advance(_options.IncompleteGrace);
        Observe();
        _time.Advance(_options.SettleWindow);

        Observe().State.Should().Be(ReadinessState.Incomplete);
    }
}
