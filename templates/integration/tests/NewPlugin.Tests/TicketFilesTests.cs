using CloudSage.Plugins.Integrations;
using CloudSage.Plugins.Testing;
using CloudSage.Plugins.Testing.Fixtures;

namespace NewPlugin.Tests;

public sealed class TicketFilesTests
{
    private static readonly PluginFixture Example = PluginFixture.Read(Path.Combine(AppContext.BaseDirectory, "fixtures", "example.json"));

    [Test]
    public async Task Every_recommendation_is_a_ticket_and_changes_it_the_next_time()
    {
        await using var host = await PluginTestHost.StartAsync(
            PluginUnderTest.PathOf<TicketFilesTests>(), options => options.UseFixture(Example).GrantDeclared().WriteLogTo(TestContext.Out.WriteLine));

        var first = await host.ReplayAsync();
        var second = await host.ReplayAsync();

        Assert.That(first.Records.Select(r => r.Operation), Is.EqualTo(new[] { IntegrationOperation.Create, IntegrationOperation.Create }));
        Assert.That(second.Records.Select(r => r.Operation), Is.EqualTo(new[] { IntegrationOperation.Update, IntegrationOperation.Update }));
        await host.AssertUnloadsAsync();
    }
}
