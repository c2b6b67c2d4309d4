using System.Diagnostics.Metrics;
using CloudSage.PluginHost.Activation;

namespace CloudSage.UnitTests.Activation;

public sealed class PluginMeterFactoryTests
{
    private PluginMeterFactory _factory = null!;

    [SetUp]
    public void SetUp() => _factory = new PluginMeterFactory("p", "1.0.0");

    [TearDown]
    public void TearDown() => _factory.Dispose();

    [Test]
    public void The_same_is_made_once_and_another_anew()
    {
        var meter = _factory.Create("m", "1", [new("a", 1), new("b", "x")]);
        _factory.Create("m", "1", [new("b", "x"), new("a", 1)]).Should().BeSameAs(meter, "tags have no order");
        _factory.Create("m", "2", [new("a", 1), new("b", "x")]).Should().NotBeSameAs(meter);
        _factory.Create("m", "1", [new("a", 2), new("b", "x")]).Should().NotBeSameAs(meter);
        _factory.Create("m", "1").Should().NotBeSameAs(meter);
        meter.Tags.Should().Contain([new KeyValuePair<string, object?>("plugin.name", "p"), new("plugin.version", "1.0.0")]);
    }

    [Test]
    public void A_meter_ends_with_its_factory_and_not_before()
    {
        var meter = _factory.Create("m");
        meter.Dispose();
        var counter = meter.CreateCounter<int>("c");
        using var listener = new MeterListener();
        listener.EnableMeasurementEvents(counter);
        counter.Enabled.Should().BeTrue("whoever disposes a shared meter does not end it for others");
        _factory.Dispose();
        counter.Enabled.Should().BeFalse();
        FluentActions.Invoking(() => _factory.Create("m")).Should().Throw<ObjectDisposedException>();
    }

    [Test]
    public void The_scope_of_a_meter_is_its_factory()
    {
        _factory.Create("m").Scope.Should().BeSameAs(_factory);
        FluentActions.Invoking(() => _factory.Create(new MeterOptions("m") { Scope = this })).Should().Throw<InvalidOperationException>();
    }
}
