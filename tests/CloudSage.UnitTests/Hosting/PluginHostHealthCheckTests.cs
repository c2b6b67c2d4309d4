using CloudSage.PluginHost;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Lifecycle;
using CloudSage.Plugins;
using CloudSage.UnitTests.Lifecycle;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using static CloudSage.UnitTests.Lifecycle.FakeRunning;

namespace CloudSage.UnitTests.Hosting;

[CancelAfter(30_000)]
public sealed class PluginHostHealthCheckTests
{
    /// <summary>Not the host's own, which its loop writes to as well.</summary>
    private readonly StatusBoard _board = new();

    [Test]
    public async Task A_host_that_does_not_run_is_unhealthy(CancellationToken test)
    {
        await using var rig = new CoordinatorRig();
        (await CheckAsync(rig, test)).Status.Should().Be(HealthStatus.Unhealthy);
        rig.Run();
    }

    [Test]
    public async Task A_running_host_without_trouble_is_healthy(CancellationToken test)
    {
        await using var rig = new CoordinatorRig(Quick);
        await rig.Get<PluginHostService>().StartAsync(test);
        Post(new PluginStatus { Name = "a", State = PluginState.Active }, new FakeRunning(Version("a")));
        var result = await CheckAsync(rig, test);
        (result.Status, result.Description).Should().Be((HealthStatus.Healthy, "1 plugin(s) active."));
        await rig.Get<PluginHostService>().StopAsync(test);
        (await CheckAsync(rig, test)).Status.Should().Be(HealthStatus.Unhealthy, "it has stopped");
    }

    [TestCase(PluginState.Faulted)]
    [TestCase(PluginState.Rejected)]
    [TestCase(PluginState.Quarantined)]
    [TestCase(PluginState.Leaked)]
    public async Task A_plugin_in_trouble_degrades_it_and_is_named_with_its_first_finding(PluginState state, CancellationToken test)
    {
        await using var rig = new CoordinatorRig(Quick);
        await rig.Get<PluginHostService>().StartAsync(test);
        Post(new PluginStatus { Name = "a", State = state, Findings = [Finding.Error("CSG1", "first", "mend"), Finding.Warning("CSG2", "second", "")] }, null);
        var result = await CheckAsync(rig, test);
        result.Status.Should().Be(HealthStatus.Degraded);
        result.Data["a"].Should().Be($"{state}: CSG1: first mend");
        await rig.Get<PluginHostService>().StopAsync(test);
    }

    [Test]
    public async Task A_plugin_that_says_it_is_not_well_or_whose_old_version_leaked_degrades_it(CancellationToken test)
    {
        await using var rig = new CoordinatorRig(Quick);
        await rig.Get<PluginHostService>().StartAsync(test);
        Post(new PluginStatus { Name = "ill", State = PluginState.Active }, new FakeRunning(Version("ill")) { Health = PluginHealth.Unhealthy("no token") });
        (await CheckAsync(rig, test)).Data["ill"].Should().Be("says: no token");
        Post(new PluginStatus { Name = "a", State = PluginState.Active, Lingering = [new("0.9.0", PluginState.Leaked, [], default), new("1.0.0", PluginState.Quarantined, ["StopAsync"], default)] }, null);
        (await CheckAsync(rig, test)).Data["a"].Should().Be("Active; still in memory: 0.9.0 (Leaked), 1.0.0 (Quarantined: StopAsync still runs).");
        await rig.Get<PluginHostService>().StopAsync(test);
    }

    private static void Quick(PluginHostOptions options)
    {
        options.StartupWait = TimeSpan.Zero;
        options.GuardUnhandledExceptions = false;
    }

    private void Post(PluginStatus status, FakeRunning? running) => _board.Post([new StatusEntry(status, running)]);

    private Task<HealthCheckResult> CheckAsync(CoordinatorRig rig, CancellationToken test)
        => new PluginHostHealthCheck(rig.Get<PluginHostService>(), _board).CheckHealthAsync(new HealthCheckContext(), test);
}
