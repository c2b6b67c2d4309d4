using CloudSage.Plugins.Testing;
using CloudSage.Plugins.Testing.Fixtures;

namespace NewPlugin.Tests;

public sealed class DailyBillTests
{
    private static readonly PluginFixture Example = PluginFixture.Read(Path.Combine(AppContext.BaseDirectory, "fixtures", "example.csv"));

    [Test]
    public async Task Rows_are_records_and_what_is_wrong_has_a_place()
    {
        await using var host = await PluginTestHost.StartAsync(
            PluginUnderTest.PathOf<DailyBillTests>(), options => options.UseFixture(Example).GrantDeclared().WriteLogTo(TestContext.Out.WriteLine));

        var replay = await host.ReplayAsync();

        Assert.That(replay.Recognized?.Confidence, Is.EqualTo(1m));
        Assert.That(replay.Costs.Sum(c => c.BilledCost), Is.EqualTo(18.95m));
        Assert.That(replay.DataQuality.Select(f => (f.Line, f.Column)), Is.EqualTo(new[] { ((long?)4, "cost") }));
        await host.AssertUnloadsAsync();
    }
}
