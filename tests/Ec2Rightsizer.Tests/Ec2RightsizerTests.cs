using System.Reflection;
using CloudSage.Plugins.Capabilities;
using CloudSage.Plugins.Metrics;
using CloudSage.Plugins.Optimization;
using CloudSage.Plugins.Permissions;
using CloudSage.Plugins.Resources;
using CloudSage.Plugins.Testing;
using NUnit.Framework;

namespace CloudSage.Samples.Rightsizing.Tests;

/// <summary>How an author tests a plugin: this file and its project need nothing of this repository but the package for tests.</summary>
public sealed class Ec2RightsizerTests
{
    private static readonly string Plugin = typeof(Ec2RightsizerTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "Plugin").Value!;

    [Test]
    public async Task An_idle_instance_is_to_be_stopped()
    {
        await using var host = await StartAsync(Cpu(busiest: 1m, days: 14));

        var proposals = await OptimizeAsync(host);

        Assert.That(proposals.Select(static p => (p.ResourceId, p.Action)), Is.EqualTo(new[] { ("i-1", OptimizationAction.Stop) }));
        await host.AssertUnloadsAsync();
    }

    [Test]
    public async Task An_instance_that_was_measured_for_too_short_is_left_alone()
    {
        await using var host = await StartAsync(Cpu(busiest: 1m, days: 14), static o => o.Set("minimum_days", "30"));

        Assert.That(await OptimizeAsync(host), Is.Empty);
        await host.AssertUnloadsAsync();
    }

    [Test]
    public async Task Without_the_permission_it_does_not_start()
    {
        var refused = await Assert.ThrowsAsync<PluginRefusedException>(static async () =>
        {
            await using var host = await PluginTestHost.StartAsync(Plugin, static o => o.Provide<IInstanceMetricsReader>(new Metrics()));
        });

        Assert.That(refused!.Message, Does.Contain("ReadInstanceMetrics"));
    }

    [Test]
    public async Task It_leaves_nothing_in_the_process()
    {
        await using var host = await StartAsync(Cpu(busiest: 1m, days: 14));
        await OptimizeAsync(host);

        await host.AssertLeavesNothingAsync();
    }

    private static Task<PluginTestHost> StartAsync(ResourceMetrics cpu, Action<PluginTestOptions>? configure = null)
        => PluginTestHost.StartAsync(Plugin, o =>
        {
            o.Grant(PluginPermissions.ReadInstanceMetrics).Provide<IInstanceMetricsReader>(new Metrics(cpu)).WriteLogTo(TestContext.Out.WriteLine);
            configure?.Invoke(o);
        });

    private static Task<IReadOnlyList<OptimizationRecommendation>> OptimizeAsync(PluginTestHost host)
    {
        var instance = new CloudResource
        {
            ResourceId = "i-1", ResourceType = "ec2", ProviderName = "AWS", InstanceType = "m5.large", RegionId = "us-east-1", State = ResourceState.Running,
        };
        var request = new OptimizationRequest { RunId = "test", Resources = [instance] };
        return host.StreamAsync<IOptimizationEngine, OptimizationRecommendation>((plugin, token) => plugin.OptimizeAsync(request, token));
    }

    private static ResourceMetrics Cpu(decimal busiest, int days) => new()
    {
        ResourceId = "i-1", Metric = ResourceMetric.CpuUtilization, Unit = "Percent",
        Start = DateTimeOffset.UnixEpoch, End = DateTimeOffset.UnixEpoch.AddDays(days), SampleCount = 100,
        Min = 0m, Max = busiest, Mean = busiest, P50 = busiest, P95 = busiest, P99 = busiest,
    };

    /// <summary>The host's metrics, as the test wants them.</summary>
    private sealed class Metrics(params ResourceMetrics[] all) : IInstanceMetricsReader
    {
        public IAsyncEnumerable<ResourceMetrics> ReadAsync(InstanceMetricsQuery query, CancellationToken cancellationToken) => all.ToAsyncEnumerable();
    }
}
