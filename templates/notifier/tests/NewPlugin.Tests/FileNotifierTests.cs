using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Testing;
using CloudSage.Plugins.Testing.Fixtures;

namespace NewPlugin.Tests;

public sealed class FileNotifierTests
{
    private static readonly PluginFixture Example = PluginFixture.Read(Path.Combine(AppContext.BaseDirectory, "fixtures", "example.json"));

    [Test]
    public async Task Alerts_are_written_once_and_below_the_minimum_not_at_all()
    {
        await using var host = await PluginTestHost.StartAsync(
            PluginUnderTest.PathOf<FileNotifierTests>(), options => options.UseFixture(Example).GrantDeclared().WriteLogTo(TestContext.Out.WriteLine));

        var replay = await host.ReplayAsync();

        Assert.That(replay.Deliveries.Select(d => (d.AlertId, d.Status)), Is.EqualTo(new[]
        {
            ("spike-1", AlertDeliveryStatus.Delivered), ("spike-2", AlertDeliveryStatus.Skipped), ("note-1", AlertDeliveryStatus.Skipped),
        }));
        await host.AssertUnloadsAsync();
    }
}
