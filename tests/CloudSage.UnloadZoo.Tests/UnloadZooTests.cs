using CloudSage.UnloadZoo.Catalogue;
using CloudSage.UnloadZoo.Columns;
using CloudSage.UnloadZoo.Publishing;
using CloudSage.UnloadZoo.Running;

[assembly: LevelOfParallelism(CloudSage.UnloadZoo.Tests.UnloadZooTests.Children)]

namespace CloudSage.UnloadZoo.Tests;

/// <summary>
/// Every scenario in the host as it is by default, in a process of its own: it leaves memory, or stays for the reason that is recorded at its class.
/// </summary>
[Category("Zoo")]
[Parallelizable(ParallelScope.All)]
public sealed class UnloadZooTests
{
    /// <summary>How many processes run at once.</summary>
    public const int Children = 2;

    private static readonly IReadOnlyList<ZooScenario> Catalogue = ZooCatalogue.Read();
    private readonly Workspaces _workspaces = new(Children);

    [OneTimeTearDown]
    public void CleanUp() => _workspaces.Dispose();

    [TestCaseSource(nameof(Scenarios))]
    public async Task Leaves_memory_or_stays_as_recorded(ZooScenario scenario)
    {
        var row = await ObserveAsync(scenario, neighbours: false);
        row.Unexpected.Should().BeNull();
    }

    [TestCaseSource(nameof(SharedScenarios))]
    public async Task Leaves_without_disturbing_a_second_plugin_and_the_host(ZooScenario scenario)
    {
        var row = await ObserveAsync(scenario, neighbours: true);
        row.Unexpected.Should().BeNull();
        row.Observations[Column.Assisted].Neighbours.Should().BePositive("the others must have used the cache meanwhile");
    }

    [Test]
    public void At_least_fifty_packages_are_used()
        => Catalogue.SelectMany(static scenario => scenario.Packages).Distinct().Should().HaveCountGreaterThanOrEqualTo(50);

    [Test]
    public void What_stays_names_its_culprit()
        => Catalogue.Where(static scenario => scenario.Stays is not null && scenario.Culprit.Count == 0).Should().BeEmpty();

    private static IEnumerable<TestCaseData> Scenarios() => Catalogue.Select(static scenario => new TestCaseData(scenario).SetArgDisplayNames($"{scenario}"));

    private static IEnumerable<TestCaseData> SharedScenarios()
        => Catalogue.Where(static scenario => scenario.Shared).Select(static scenario => new TestCaseData(scenario).SetArgDisplayNames($"{scenario}"));

    private async Task<MatrixRow> ObserveAsync(ZooScenario scenario, bool neighbours)
    {
        var cancellation = TestContext.CurrentContext.CancellationToken;
        var observation = await _workspaces.UseAsync(
            folder => ChildProcess.ObserveAsync(scenario, Column.Assisted, neighbours, folder, cancellation), cancellation);
        return new MatrixRow(scenario, new Dictionary<Column, Observation> { [Column.Assisted] = observation });
    }
}
