using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CloudSage.Analysis.Inventory;
using CloudSage.Plugins.Capabilities;
using CloudSage.Plugins.Metrics;
using CloudSage.Plugins.Optimization;
using CloudSage.Plugins.Resources;
using CloudSage.Samples.Rightsizing;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Samples;

public sealed class Ec2RightsizerTests
{
    [Test]
    public async Task Savings_equal_the_answers_for_every_pair_of_sizes()
    {
        using var answers = JsonDocument.Parse(await File.ReadAllTextAsync(SharedData.Find("answers", "ec2-one-size-down.json")));
        var pairs = answers.RootElement.GetProperty("pairs").EnumerateArray().ToDictionary(pair => pair.GetProperty("from").GetString()!);
        var types = File.ReadLines(SharedData.Find("ec2-instances.csv")).Skip(1).Select(line => line.Split(',')[0]).ToList();
        pairs.Should().NotBeEmpty();

        var proposals = await Optimize(
            types.Select(type => (Instance(type, type), Cpu(type, max: 60m, p95: 30m, mean: 10m))), ("instance_types", SharedData.Find("ec2-instances.csv")));

        proposals.Select(p => p.ResourceId).Should().BeEquivalentTo(pairs.Keys, "the smallest size of a family has none below it");
        foreach (var proposal in proposals)
        {
            var pair = pairs[proposal.ResourceId];
            proposal.Action.Should().Be(OptimizationAction.Rightsize);
            proposal.Recommended!.Type.Should().Be(pair.GetProperty("toOneSizeDown").GetString());
            proposal.EstimatedMonthlySavings!.Value.Amount.Should().Be(Decimal(pair, "monthlySavingsUsd_730h"), "of {0}", proposal.ResourceId);
            proposal.SavingsRatio.Should().Be(Decimal(pair, "savingsPercent") / 100m);
            proposal.Recommended.Attributes["memory_gib"].Should().Be(pair.GetProperty("memoryGiB")[1].GetString());
            proposal.Recommended.Attributes["vcpu"].Should().Be(pair.GetProperty("vCpu")[1].GetRawText());
        }
    }

    [TestCase("24ae8d", OptimizationAction.Stop)]
    [TestCase("5f5533", null)]
    [TestCase("825cc2", null)]
    [TestCase("fe7f93", OptimizationAction.Rightsize)]
    public async Task Real_series_are_classed_as_in_the_answers(string series, OptimizationAction? action)
    {
        using var answer = JsonDocument.Parse(await File.ReadAllTextAsync(SharedData.Find("answers", "utilisation", $"ec2_cpu_utilization_{series}.json")));
        var (samples, _) = await MetricSeriesFile.ReadAsync(SharedData.Find("utilisation", $"ec2_cpu_utilization_{series}.csv"), 10_000, CancellationToken.None);
        var cpu = MetricSummary.Of("i-1", ResourceMetric.CpuUtilization, samples);

        cpu.Classify().ToString().Should().BeEquivalentTo(answer.RootElement.GetProperty("class").GetString());
        (await Optimize([(Instance("i-1", "m5.xlarge"), cpu)])).Select(r => (OptimizationAction?)r.Action).Should().Equal(action is null ? [] : [action]);
    }

    [Test]
    public async Task An_idle_instance_saves_all_that_it_costs()
    {
        var stop = (await Optimize([(Instance("i-1", "m5.large"), Cpu("i-1", 5m, 5m, 5m))])).Single();

        stop.Action.Should().Be(OptimizationAction.Stop);
        stop.EstimatedMonthlySavings!.Value.Amount.Should().Be(70.08m);
        stop.SavingsRatio.Should().Be(1m);
        stop.Recommended.Should().BeNull();
        stop.LookbackDays.Should().Be(14);
    }

    [Test]
    public async Task Without_a_price_for_the_region_the_savings_are_unknown_and_not_0()
    {
        var stop = (await Optimize([(Instance("i-1", "m5.large") with { RegionId = "eu-west-1" }, Cpu("i-1", 1m, 1m, 1m))])).Single();

        stop.EstimatedMonthlySavings.Should().BeNull();
        stop.SavingsRatio.Should().BeNull();
        stop.Reasons.Should().Contain("The price of m5.large in eu-west-1 is not known, so neither are the savings.");
    }

    [Test]
    public async Task Stopped_instances_other_resources_and_short_series_are_left_alone()
    {
        var idle = Cpu("x", 1m, 1m, 1m);
        var proposals = await Optimize(
        [
            (Instance("stopped", "m5.large") with { State = ResourceState.Stopped }, idle with { ResourceId = "stopped" }),
            (Instance("db", "m5.large") with { ResourceType = "rds" }, idle with { ResourceId = "db" }),
            (Instance("young", "m5.large"), idle with { ResourceId = "young", End = idle.Start.AddDays(6) }),
        ]);

        proposals.Should().BeEmpty();
    }

    [Test]
    public async Task A_broken_table_is_refused_with_its_line()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, "InstanceType,VCpu,MemoryGiB,OnDemandHourlyUsd\nm5.large,2,8,0.096\nm5.xlarge,4,16,cheap\n");
            var act = () => Optimize([(Instance("i-1", "m5.large"), Cpu("i-1", 1m, 1m, 1m))], ("instance_types", path));

            await act.Should().ThrowAsync<FormatException>().WithMessage("*(3)*");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static decimal Decimal(JsonElement pair, string name) => decimal.Parse(pair.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static CloudResource Instance(string id, string type) => new()
    {
        ResourceId = id, ResourceType = "ec2", ProviderName = "AWS", InstanceType = type, RegionId = "us-east-1", State = ResourceState.Running,
    };

    private static ResourceMetrics Cpu(string id, decimal max, decimal p95, decimal mean) => new()
    {
        ResourceId = id, Metric = ResourceMetric.CpuUtilization, Unit = "Percent", Start = DateTimeOffset.UnixEpoch, End = DateTimeOffset.UnixEpoch.AddDays(14),
        SampleCount = 100, Min = 0m, Max = max, Mean = mean, P50 = mean, P95 = p95, P99 = max,
    };

    private static async Task<IReadOnlyList<OptimizationRecommendation>> Optimize(
        IEnumerable<(CloudResource Resource, ResourceMetrics Cpu)> instances, params (string, string)[] settings)
    {
        var known = instances.ToList();
        var plugin = new Ec2Rightsizer(new Metrics(known.Select(i => i.Cpu)), PluginContexts.With(settings), new FakeTimeProvider());
        return await plugin.OptimizeAsync(new OptimizationRequest { RunId = "r", Resources = [.. known.Select(i => i.Resource)] }, CancellationToken.None).ToListAsync();
    }

    private sealed class Metrics(IEnumerable<ResourceMetrics> summaries) : IInstanceMetricsReader
    {
        public async IAsyncEnumerable<ResourceMetrics> ReadAsync(InstanceMetricsQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            foreach (var summary in summaries.Where(s => query.ResourceIds.Contains(s.ResourceId))) yield return summary;
        }
    }
}
