namespace CloudSage.IntegrationTests.Upgrading;

/// <summary>A new version that fails leaves the old one serving, and the findings say why.</summary>
internal sealed class FailedUpgradeTests : HostTests
{
    private const string Name = "steady";
    private static readonly PluginSource Two = new(Name) { Version = "2.0.0" };

    [Test]
    public Task A_version_whose_manifest_is_refused() => FailsAsync(
        (Two with { Manifest = "permisions: [ReadCostData]" }).Build(), "CSG1112");

    [Test]
    public Task A_version_whose_DLL_is_no_DLL() => FailsAsync(Two.Build().With("steady.dll", "this is not a library"), "CSG1015");

    [Test]
    public Task A_version_without_an_entry_type() => FailsAsync((Two with { Source = "public class Nothing : CloudSage.Plugins.PluginStub { } namespace CloudSage.Plugins { public class PluginStub { public object Context(PluginContext c) => c; } }" }).Build(), "CSG1353");

    [Test]
    public Task A_version_that_throws_in_its_start() => FailsAsync((Two with { Start = """throw new InvalidOperationException("no way");""" }).Build(), "CSG1606", "no way");

    [Test]
    public Task A_version_that_throws_in_its_constructor() => FailsAsync(
        (Two with { Members = """public readonly int Broken = int.Parse("not a number");""" }).Build(), "CSG1606");

    [Test]
    public Task A_version_whose_start_hangs() => FailsAsync(
        (Two with { Start = "await Task.Delay(Timeout.Infinite, cancellationToken);" }).Build(), "CSG1607");

    [Test]
    public Task A_version_that_says_it_is_not_healthy() => FailsAsync(
        (Two with { Health = """return PluginHealth.Unhealthy("no connection to the moon");""" }).Build(), "CSG1608", "no connection to the moon");

    [Test]
    public Task A_version_that_wants_a_permission_it_was_not_granted() => FailsAsync(
        (Two with { Parameters = "ICostDataReader reader", Members = "public object Reader => reader;", Manifest = "permissions: [ReadCostData]" }).Build(), "CSG2404");

    [Test]
    public async Task A_failed_version_is_not_tried_again_until_it_changes()
    {
        Plugins.Add(new PluginSource(Name));
        await using var host = await StartAsync();
        Plugins.Swap((Two with { Start = """throw new InvalidOperationException("no way");""" }).Build());
        await host.HappensAsync(PluginEventKind.UpgradeFailed, Name, "2.0.0");

        await host.SynchronizeAsync();
        await host.SynchronizeAsync();
        host.Count(PluginEventKind.UpgradeFailed).Should().Be(1);
        Plugins.Swap((Two with { Version = "2.0.1" }).Build());

        await host.BecomesAsync(Name, PluginState.Active, "2.0.1");
        host.Find(Name)!.Findings.Should().BeEmpty();
        (await host.AskAsync(Name)).Should().Be("2.0.1");
    }

    [Test]
    public async Task A_call_in_flight_during_an_upgrade_ends_in_the_version_it_began_in()
    {
        var slow = new PluginSource(Name) { Parameters = "IGate gate", Execute = """await gate.WaitAsync("in call", cancellationToken); return new CommandResult(true, CodeVersion);""" };
        Plugins.Add(slow);
        await using var host = await StartAsync();
        var call = host.CallAsync(Name);
        await host.Gate.ReachedAsync("in call");

        Plugins.Swap(Two.Build());
        await host.BecomesAsync(Name, PluginState.Active, "2.0.0");
        (await host.AskAsync(Name)).Should().Be("2.0.0", "the new one serves while the old one still drains");
        host.Gate.Open("in call");

        (await call).Value.Should().Be("1.0.0");
        await host.HappensAsync(PluginEventKind.Collected, Name, "1.0.0");
    }

    [Test]
    public async Task A_downgrade_is_done_like_an_upgrade()
    {
        Plugins.Add(Two);
        await using var host = await StartAsync();

        Plugins.Swap(new PluginSource(Name).Build());

        await host.BecomesAsync(Name, PluginState.Active, "1.0.0");
        (await host.AskAsync(Name)).Should().Be("1.0.0");
    }

    private async Task FailsAsync(PluginFiles next, string code, string? says = null)
    {
        Plugins.Add(new PluginSource(Name));
        await using var host = await StartAsync(static o => o.Activation.StartDeadline = TimeSpan.FromSeconds(2));
        (await host.AskAsync(Name)).Should().Be("1.0.0");

        Plugins.Swap(next);

        await host.HappensAsync(PluginEventKind.UpgradeFailed, Name);
        var status = host.Find(Name)!;
        status.State.Should().Be(PluginState.Active);
        status.Version.Should().Be("1.0.0");
        status.Findings.Should().Contain(f => f.Code == code && (says == null || f.Message.Contains(says)), host.Describe());
        (await host.AskAsync(Name)).Should().Be("1.0.0");
        host.Count(PluginEventKind.Upgraded).Should().Be(0);
        host.Count(PluginEventKind.Removed).Should().Be(0);
    }
}
