using CloudSage.PluginHost.Brokering;

namespace CloudSage.UnitTests.Brokering;

public sealed class ExtensionTableTests
{
    private readonly BrokerRig _rig = new();

    [OneTimeTearDown]
    public void TearDown() => _rig.Dispose();

    [Test]
    public void Providers_come_by_priority_then_by_name()
    {
        _rig.Directory.Swap(new ExtensionTable(
        [
            _rig.Target(new Probe(), "b"), _rig.Target(new Probe(), "low", priority: -1), _rig.Target(new Probe(), "a"), _rig.Target(new Probe(), "z", "2.0.0", 10),
        ]));
        _rig.Broker.Providers<IProbe>().Should().Equal(
            new ExtensionProvider("z", "2.0.0", 10), new ExtensionProvider("a", "1.0.0", 0), new ExtensionProvider("b", "1.0.0", 0), new ExtensionProvider("low", "1.0.0", -1));
    }

    [Test]
    public void A_table_does_not_change_with_the_targets_it_was_made_from()
    {
        var targets = new List<ExtensionTarget> { _rig.Target(new Probe(), "a") };
        var table = new ExtensionTable(targets);
        targets.Add(_rig.Target(new Probe(), "b"));
        table.FindAll(typeof(IProbe)).Should().ContainSingle();
        table.Targets.Should().ContainSingle();
    }

    [Test]
    public void Names_are_told_apart_by_case_and_unknown_ones_are_not_found()
    {
        var table = new ExtensionTable([_rig.Target(new Probe(), "a")]);
        table.Find(typeof(IProbe), "A").Should().BeNull();
        table.Find(typeof(IDisposable), "a").Should().BeNull();
        table.FindAll(typeof(IDisposable)).Should().BeEmpty();
        table.Find(typeof(IProbe), "a")!.Plugin.Should().Be("a");
    }
}
