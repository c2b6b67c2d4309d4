using CloudSage.Plugins.Optimization;
using CloudSage.Plugins.Testing;
using CloudSage.Plugins.Testing.Fixtures;

namespace NewPlugin.Tests;

public sealed class IdleInstancesTests
{
    private static readonly PluginFixture Example = PluginFixture.Read(Path.Combine(AppContext.BaseDirectory, "fixtures", "example.json"));

    [Test]
    public async Task An_instance_that_does_nothing_is_to_be_stopped()
    {
        await using var host = await PluginTestHost.StartAsync(
            PluginUnderTest.PathOf<IdleInstancesTests>(), options => options.UseFixture(Example).GrantDeclared().WriteLogTo(TestContext.Out.WriteLine));

        var replay = await host.ReplayAsync();

        Assert.That(replay.Recommendations.Select(r => (r.ResourceId, r.Action)), Is.EqualTo(new[] { ("vm-idle", OptimizationAction.Stop) }));
        await host.AssertUnloadsAsync();
    }

    [Test]
    public async Task The_operator_says_what_idle_means()
    {
        await using var host = await PluginTestHost.StartAsync(
            PluginUnderTest.PathOf<IdleInstancesTests>(), options => options.UseFixture(Example).GrantDeclared().Set("idle_below", "1"));

        Assert.That((await host.ReplayAsync()).Recommendations, Is.Empty);
    }
}
