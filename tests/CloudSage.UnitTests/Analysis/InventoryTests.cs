using CloudSage.Analysis;
using CloudSage.Analysis.Inventory;
using CloudSage.Plugins.Capabilities;
using CloudSage.Plugins.Metrics;
using CloudSage.Plugins.Optimization;
using CloudSage.Plugins.Resources;

namespace CloudSage.UnitTests.Analysis;

public sealed class InventoryTests
{
    private string _folder = null!;

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("csg-inventory-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task ReadAsync_Inventory_GivesResourcesWithTheirSeriesBesideIt()
    {
        var path = Write("inventory.csv", """
            ResourceId,ResourceName,InstanceType,RegionId,ProviderName,ServiceName,State,MetricsFile
            i-1,web,m5.large,us-east-1,AWS,Amazon EC2,running,cpu/i-1.csv
            vm-1,,Standard_D2,westeurope,Microsoft,Virtual Machines,,
            """);

        var (entries, findings) = await InventoryFile.ReadAsync(path, 10, CancellationToken.None);

        findings.Should().BeEmpty();
        entries[0].Resource.Should().BeEquivalentTo(new CloudResource
        {
            ResourceId = "i-1", ResourceName = "web", ResourceType = "ec2", ProviderName = "AWS", ServiceName = "Amazon EC2",
            RegionId = "us-east-1", InstanceType = "m5.large", State = ResourceState.Running,
        });
        entries[0].SeriesFiles[ResourceMetric.CpuUtilization].Should().Be(Path.Combine(_folder, "cpu/i-1.csv"));
        entries[1].Resource.Should().Match<CloudResource>(r => r.State == ResourceState.Unknown && r.ResourceName == null && r.ResourceType == "unknown");
        entries[1].SeriesFiles.Should().BeEmpty();
    }

    [Test]
    public async Task ReadAsync_LineWithoutIdentity_IsAFindingWithItsLineAndTheOthersCount()
    {
        var (entries, findings) = await InventoryFile.ReadAsync(Write("i.csv", "ResourceId,ProviderName\n,AWS\ni-2,AWS\n"), 10, CancellationToken.None);

        entries.Should().ContainSingle(entry => entry.Resource.ResourceId == "i-2");
        findings.Should().ContainSingle(finding => finding.Location!.Line == 2);
    }

    [Test]
    public async Task ReadAsync_NoSuchFile_IsAFinding()
        => (await InventoryFile.ReadAsync(Path.Combine(_folder, "none.csv"), 10, CancellationToken.None)).Findings
            .Should().ContainSingle(finding => finding.Code == AnalysisCodes.InventoryUnreadable);

    [TestCase("timestamp,value\n2026-01-01 00:00:00,12\n2026-01-01 01:00:00,much\n", 3)]
    [TestCase("timestamp,value\nyesterday,1\n", 2)]
    [TestCase("timestamp\n2026-01-01\n", 1)]
    public async Task ReadAsync_BadSample_RefusesTheSeriesAndNamesTheLine(string text, int line)
    {
        var (samples, finding) = await MetricSeriesFile.ReadAsync(Write("m.csv", text), 10, CancellationToken.None);

        samples.Should().BeEmpty();
        finding!.Location!.Line.Should().Be(line);
    }

    [Test]
    public async Task ReadAsync_MoreSamplesThanAllowed_RefusesTheSeries()
        => (await MetricSeriesFile.ReadAsync(Write("m.csv", "timestamp,value\n2026-01-01,1\n2026-01-02,1\n"), 1, CancellationToken.None)).Finding
            .Should().NotBeNull();

    [Test]
    public async Task MetricsReader_OneBadFile_IsReportedInTheRunAndTheOthersAreRead()
    {
        Write("good.csv", "timestamp,value\n2026-01-01 00:00:00,1\n2026-01-01 01:00:00,3\n2026-01-01 02:00:00,5\n");
        Write("bad.csv", "timestamp,value\nx,y\n");
        var path = Write("inventory.csv", "ResourceId,ProviderName,InstanceType,MetricsFile\ni-1,AWS,m5.large,bad.csv\ni-2,AWS,m5.large,good.csv\n");
        using var fixture = new AnalysisFixture(options => options.Inventory = path);
        var optimizer = new ReadingOptimizer(fixture.Get<IInstanceMetricsReader>());
        fixture.Broker.With("o", optimizer);

        var report = await fixture.AnalyzeAsync();

        optimizer.Resources.Select(r => r.ResourceId).Should().Equal("i-1", "i-2");
        optimizer.Metrics.Should().ContainSingle().Which.Should().Match<ResourceMetrics>(m => m.ResourceId == "i-2" && m.Max == 3m && m.SampleCount == 2);
        report.Findings.Should().ContainSingle(finding => finding.Code == AnalysisCodes.MetricsUnreadable);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private sealed class ReadingOptimizer(IInstanceMetricsReader reader) : IOptimizationEngine
    {
        public List<ResourceMetrics> Metrics { get; } = [];

        public IReadOnlyList<CloudResource> Resources { get; private set; } = [];

        public async IAsyncEnumerable<OptimizationRecommendation> OptimizeAsync(
            OptimizationRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Resources = request.Resources;
            var query = new InstanceMetricsQuery { To = new DateTimeOffset(2026, 1, 1, 2, 0, 0, TimeSpan.Zero) };
            Metrics.AddRange(await reader.ReadAsync(query, cancellationToken).ToListAsync(cancellationToken));
            yield break;
        }
    }
}
