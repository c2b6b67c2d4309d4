namespace CloudSage.IntegrationTests.Dependencies;

/// <summary>Plugins that need other plugins.</summary>
internal sealed class PluginDependencyTests : HostTests
{
    private static readonly PluginSource Base = new("base") { Parameters = "IGate gate", Start = """gate.Reach("base");""" };
    private static readonly PluginSource User = new("a-user")
    {
        Parameters = "IGate gate",
        Start = """gate.Reach("user");""",
        Stop = """gate.Reach("user stopped");""",
        Manifest = "dependencies: [{ name: base, version: '>=1.0 <2' }]",
    };

    [Test]
    public async Task A_plugin_starts_after_what_it_needs()
    {
        Plugins.Add(User);
        Plugins.Add(Base);
        await using var host = await StartAsync();

        host.Gate.Reached.Should().Equal("base", "user");
        host.Plugins.Plugins.Should().OnlyContain(static p => p.State == PluginState.Active);
    }

    [Test]
    public async Task A_plugin_waits_for_what_is_not_there_and_starts_when_it_arrives()
    {
        Plugins.Add(User);
        await using var host = await StartAsync();
        var waiting = host.Find("a-user")!;
        waiting.State.Should().Be(PluginState.Waiting);
        waiting.Findings.Should().Contain(static f => f.Code == "CSG1401" && f.Message.Contains("base"));
        await host.HappensAsync(PluginEventKind.Waiting, "a-user");

        Plugins.Add(Base);

        await host.HappensAsync(PluginEventKind.Added, "a-user");
        host.Find("a-user")!.Findings.Should().BeEmpty();
        host.Count(PluginEventKind.Waiting).Should().Be(1, "the same reason is told once");
    }

    [Test]
    public async Task Dependents_leave_before_what_they_need_and_wait_for_its_return()
    {
        Plugins.Add(User);
        Plugins.Add(Base with { Stop = """gate.Reach("base stopped");""" });
        await using var host = await StartAsync();

        var away = Plugins.MoveAway("base");
        await host.BecomesAsync("a-user", PluginState.Waiting);
        await host.HappensAsync(PluginEventKind.Removed, "base");
        host.Gate.Reached.Should().Equal("base", "user", "user stopped", "base stopped");

        Directory.Move(away, Plugins.PathOf("base"));
        await host.BecomesAsync("a-user", PluginState.Active);
    }

    [Test]
    public async Task A_dependency_of_the_wrong_version_is_waited_for_and_says_so()
    {
        Plugins.Add(User);
        Plugins.Add(Base with { Version = "2.0.0" });
        await using var host = await StartAsync();

        host.Find("a-user")!.State.Should().Be(PluginState.Waiting);
        host.Find("a-user")!.Findings.Should().Contain(static f => f.Code == "CSG1402" && f.Message.Contains("2.0.0"));
    }

    [Test]
    public async Task An_upgrade_of_what_it_needs_leaves_a_plugin_running()
    {
        Plugins.Add(User);
        Plugins.Add(Base);
        await using var host = await StartAsync();

        Plugins.Swap((Base with { Version = "1.1.0" }).Build());

        await host.HappensAsync(PluginEventKind.Upgraded, "base", "1.1.0");
        host.Find("a-user")!.State.Should().Be(PluginState.Active);
        host.Gate.Reached.Should().NotContain("user stopped");
    }

    [Test]
    public async Task A_cycle_is_named_and_harms_no_other()
    {
        Plugins.Add(new PluginSource("hen") { Manifest = "dependencies: [{ name: egg }]" });
        Plugins.Add(new PluginSource("egg") { Manifest = "dependencies: [{ name: hen }]" });
        Plugins.Add(Base);
        await using var host = await StartAsync();

        host.Find("hen")!.State.Should().Be(PluginState.Waiting);
        host.Find("hen")!.Findings.Should().Contain(static f => f.Code == "CSG1403" && f.Message.Contains("egg"));
        host.Find("base")!.State.Should().Be(PluginState.Active);
    }

    [Test]
    public async Task An_optional_dependency_that_is_absent_is_done_without()
    {
        Plugins.Add(User with { Manifest = "dependencies: [{ name: base, optional: true }]" });
        await using var host = await StartAsync();

        host.Find("a-user")!.State.Should().Be(PluginState.Active);
    }

    [Test]
    public async Task Disabling_what_others_need_sends_them_to_wait_and_enabling_brings_them_back()
    {
        Plugins.Add(User);
        Plugins.Add(Base);
        await using var host = await StartAsync();

        await host.Plugins.DisableAsync("base", CancellationToken.None);
        host.Find("base")!.State.Should().Be(PluginState.Disabled);
        host.Find("a-user")!.State.Should().Be(PluginState.Waiting);

        await host.Plugins.EnableAsync("base", CancellationToken.None);
        await host.BecomesAsync("a-user", PluginState.Active);
    }
}
