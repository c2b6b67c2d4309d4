using CloudSage.Fixtures.Embedder;
using CloudSage.Plugins.Capabilities;
using CloudSage.Plugins.Commands;
using CloudSage.Plugins.Testing;
using Microsoft.Extensions.Logging;

namespace CloudSage.IntegrationTests.Testing;

/// <summary>What plugin authors test with: a built plugin in a real host, called, changed and unloaded.</summary>
internal sealed class PluginTestHostTests : HostTests
{
    private const string Name = "subject";

    private static readonly PluginSource Publisher = new(Name)
    {
        Parameters = "IAlertPublisher alerts",
        Manifest = "permissions: [AlertManagement]",
        Execute = """
            await alerts.PublishAsync(new Alert { AlertId = "1", Type = AlertType.Custom, Severity = AlertSeverity.Info, DedupKey = "d", Title = "t", OccurredAt = DateTimeOffset.UnixEpoch }, cancellationToken);
            return new CommandResult(true, "published");
            """,
    };

    [Test]
    public async Task A_plugin_answers_runs_and_leaves_nothing()
    {
        await using var host = await PluginTestHost.StartAsync(Built(new PluginSource(Name)));

        var answer = await host.InvokeAsync<ICommandHandler, CommandResult>(static (plugin, token) => plugin.ExecuteAsync(Request(), token));
        answer.Message.Should().Be("1.0.0");
        (await host.RunAsync()).Succeeded.Should().BeTrue();
        host.Name.Should().Be(Name);
        host.Status.CallCount.Should().Be(2);
        var root = RootOf(host);

        (await host.AssertLeavesNothingAsync()).Collected.Should().BeTrue();
        PluginMemory.LoadedFrom(root).Should().BeEmpty();
        (await host.AssertUnloadsAsync()).Collected.Should().BeTrue("the verdict stays when it is asked for again");
    }

    [Test]
    public async Task A_plugin_of_one_DLL_is_hosted_by_its_path()
    {
        var source = new PluginSource(Name);
        var folder = Plugins.Prepare(source.Build());
        File.Move(Path.Combine(folder, PluginFiles.Manifest), Path.Combine(folder, Name + ".manifest.yaml"));

        await using var host = await PluginTestHost.StartAsync(Path.Combine(folder, source.EntryFile));

        (await host.RunAsync()).Message.Should().Be("1.0.0");
    }

    [Test]
    public async Task A_DLL_beside_a_manifest_stands_for_its_folder()
    {
        var source = new PluginSource(Name);
        await using var host = await PluginTestHost.StartAsync(Path.Combine(Built(source), source.EntryFile));

        (await host.RunAsync()).Message.Should().Be("1.0.0");
    }

    [Test]
    public async Task What_is_not_there_is_said_with_its_path()
    {
        var start = () => PluginTestHost.StartAsync(Path.Combine(Place.Root, "nowhere"));

        (await start.Should().ThrowAsync<FileNotFoundException>()).Which.Message.Should().Contain("nowhere").And.Contain("built");
    }

    [Test]
    public async Task A_refused_plugin_says_every_finding_with_place_and_remedy()
    {
        var source = new PluginSource(Name) { WholeManifest = "name: subject\nversion: one\ntype: optimiser\nentry_point: subject.dll\n" };

        var refused = await RefusedAsync(Built(source));

        refused.State.Should().Be(PluginState.Rejected);
        refused.Findings.Should().HaveCountGreaterThan(1);
        foreach (var finding in refused.Findings)
            refused.Message.Should().Contain(finding.Code).And.Contain(finding.Location!.ToString()).And.Contain(finding.Remedy);
    }

    [Test]
    public async Task A_plugin_that_throws_in_its_start_is_refused_with_what_it_threw()
    {
        var refused = await RefusedAsync(Built(new PluginSource(Name) { Start = """throw new InvalidOperationException("no prices today");""" }));

        refused.State.Should().Be(PluginState.Faulted);
        refused.Message.Should().Contain("CSG1606").And.Contain("no prices today");
    }

    [Test, Platform(Exclude = "Win", Reason = "Links need a right there.")]
    public async Task A_link_out_of_the_plugin_is_refused_as_in_production()
    {
        var folder = Built(new PluginSource(Name));
        var outside = Path.Combine(Place.Root, "outside.txt");
        await File.WriteAllTextAsync(outside, "a secret");
        File.CreateSymbolicLink(Path.Combine(folder, "inside.txt"), outside);

        (await RefusedAsync(folder)).Message.Should().Contain("inside.txt");
    }

    [Test]
    public async Task A_plugin_that_needs_another_waits_for_it_and_starts_beside_it()
    {
        var user = Built(new PluginSource(Name) { Manifest = "dependencies: [{ name: base, version: '>=1.0 <2' }]" });
        (await RefusedAsync(user)).State.Should().Be(PluginState.Waiting);

        await using var host = await PluginTestHost.StartAsync(user, o => o.Beside(Built(new PluginSource("base"))));

        (await host.RunAsync()).Succeeded.Should().BeTrue();
        await host.AssertUnloadsAsync();
    }

    [Test]
    public async Task A_fake_reaches_the_plugin_that_was_granted_the_permission()
    {
        var alerts = new RecordedAlerts();
        await using var host = await PluginTestHost.StartAsync(Built(Publisher), o => o.Grant("AlertManagement").Provide<IAlertPublisher>(alerts));

        (await host.RunAsync()).Message.Should().Be("published");

        alerts.Published.Should().ContainSingle().Which.Plugin.Should().Be(Name);
        host.Status.GrantedPermissions.Should().Equal("AlertManagement");
    }

    [Test]
    public async Task A_permission_that_the_manifest_does_not_ask_for_is_denied_though_it_is_granted()
    {
        var undeclared = Built(Publisher with { Manifest = string.Empty });

        var refused = await RefusedAsync(undeclared, static o => o.Grant("AlertManagement").Provide<IAlertPublisher>(new RecordedAlerts()));

        refused.Findings.Should().Contain(static f => f.Code == "CSG1603");
    }

    [Test]
    public async Task A_permission_that_is_not_granted_is_denied()
    {
        var refused = await RefusedAsync(Built(Publisher), static o => o.Provide<IAlertPublisher>(new RecordedAlerts()));

        refused.Findings.Should().Contain(static f => f.Code == "CSG1604");
    }

    [Test]
    public async Task A_contract_of_the_embedders_reaches_the_plugin()
    {
        using var gate = new Gate();
        var plugin = new PluginSource(Name) { Parameters = "IGate gate", Execute = """gate.Reach("here"); return new CommandResult(true, "reached");""" };
        await using var host = await PluginTestHost.StartAsync(Built(plugin), o => o.Share(typeof(Answer).Assembly).Provide<IGate>(gate));

        (await host.RunAsync()).Message.Should().Be("reached");

        gate.Reached.Should().Equal("here");
        await host.AssertUnloadsAsync();
    }

    [Test]
    public async Task Settings_reach_the_plugin_and_wrong_ones_refuse_it()
    {
        var tuned = Built(new PluginSource(Name)
        {
            Parameters = "PluginSettings settings",
            Execute = """return new CommandResult(true, settings.Get("limit"));""",
            Manifest = "configuration: { properties: { limit: { type: integer, default: 5, maximum: 9 } } }",
        });
        await using (var host = await PluginTestHost.StartAsync(tuned, static o => o.Set("limit", "7")))
            (await host.RunAsync()).Message.Should().Be("7");

        (await RefusedAsync(tuned, static o => o.Set("limit", "70"))).Findings.Should().Contain(static f => f.Code == "CSG1601");
    }

    [Test]
    public async Task What_the_plugin_logs_is_kept_and_shown()
    {
        List<string> shown = [];
        var plugin = new PluginSource(Name)
        {
            Parameters = "ILogger<Plugin> log", Execute = """log.LogWarning("low on {What}", "ink"); return new CommandResult(true, "logged");""",
        };
        await using var host = await PluginTestHost.StartAsync(Built(plugin), o => o.WriteLogTo(line =>
        {
            lock (shown) shown.Add(line);
        }));

        await host.RunAsync();

        host.Log.Should().ContainSingle(static l => !l.IsOfHost && l.Level == LogLevel.Warning).Which.Message.Should().Be("low on ink");
        lock (shown) shown.Should().Contain("Warning Plugin: low on ink");
    }

    [Test]
    public async Task A_call_that_throws_says_what_was_thrown_and_where()
    {
        var plugin = Built(new PluginSource(Name) { Execute = """throw new FormatException("row 7");""" });
        await using var host = await PluginTestHost.StartAsync(plugin);

        var call = () => host.InvokeAsync<ICommandHandler, CommandResult>(static (handler, token) => handler.ExecuteAsync(Request(), token));

        var failed = (await call.Should().ThrowAsync<PluginCallFailedException>()).Which;
        failed.Message.Should().Contain("FormatException").And.Contain("row 7").And.Contain("Plugin.ExecuteAsync");
        failed.InnerException.Should().BeNull("an exception of the plugin's would keep it in memory");
        await host.AssertUnloadsAsync();
    }

    [Test]
    public async Task A_schedule_runs_when_the_clock_is_set_forward()
    {
        var clock = new TestClock(new DateTimeOffset(2030, 1, 7, 3, 0, 0, TimeSpan.Zero));
        var plugin = Built(new PluginSource(Name) { Manifest = """triggers: [{ schedule: "0 6 * * MON", command: refresh }]""" });
        await using var host = await PluginTestHost.StartAsync(plugin, o => o.UseClock(clock));

        clock.AdvanceTo(new DateTimeOffset(2030, 1, 7, 6, 0, 0, TimeSpan.Zero));

        var run = await host.WaitForRunAsync(TriggerKind.Schedule);
        run.Command.Should().Be("refresh");
        run.Succeeded.Should().BeTrue();
        run.DueAt.Should().Be(new DateTimeOffset(2030, 1, 7, 6, 0, 0, TimeSpan.Zero));
        await host.AssertUnloadsAsync();
    }

    [Test]
    public async Task A_run_that_does_not_come_fails_the_wait_in_words()
    {
        await using var host = await PluginTestHost.StartAsync(Built(new PluginSource(Name)), static o => o.WaitFor(TimeSpan.FromMilliseconds(30)));
        await host.RunAsync();

        var wait = () => host.WaitForRunAsync(TriggerKind.Schedule);

        (await wait.Should().ThrowAsync<TimeoutException>()).Which.Message.Should().Contain("by Schedule").And.Contain("subject by Manual: Succeeded");
    }

    [Test]
    public async Task An_upgrade_tells_what_became_of_the_old_version()
    {
        await using var host = await PluginTestHost.StartAsync(Built(new PluginSource(Name)));

        var verdict = await host.UpgradeAsync(Built(new PluginSource(Name) { Version = "2.0.0" }));

        verdict.Version.Should().Be("1.0.0");
        verdict.Collected.Should().BeTrue();
        (await host.RunAsync()).Message.Should().Be("2.0.0");
        (await host.AssertUnloadsAsync()).Version.Should().Be("2.0.0");
    }

    [Test]
    public async Task A_refused_upgrade_leaves_the_old_version_serving()
    {
        await using var host = await PluginTestHost.StartAsync(Built(new PluginSource(Name)));

        var upgrade = () => host.UpgradeAsync(Built(new PluginSource(Name) { Version = "2.0.0", Start = """throw new InvalidOperationException("broken");""" }));

        (await upgrade.Should().ThrowAsync<PluginRefusedException>()).Which.Message.Should().Contain("1.0.0 goes on serving").And.Contain("broken");
        (await host.RunAsync()).Message.Should().Be("1.0.0");
    }

    [Test]
    public async Task The_folders_are_gone_when_the_host_is()
    {
        var host = await PluginTestHost.StartAsync(Built(new PluginSource(Name)));
        var root = RootOf(host);
        Directory.Exists(root).Should().BeTrue();

        await host.DisposeAsync();

        Directory.Exists(root).Should().BeFalse();
    }

    /// <summary>The folder of all folders of the host.</summary>
    private static string RootOf(PluginTestHost host) => Directory.GetParent(Path.GetDirectoryName(host.Status.Source!)!)!.FullName;

    private string Built(PluginSource plugin) => Plugins.Prepare(plugin.Build());

    private static CommandRequest Request() => new()
    {
        ExecutionId = "test", Command = "run", Trigger = new CommandTrigger(TriggerKind.Manual), DueAt = DateTimeOffset.UnixEpoch,
    };

    private static async Task<PluginRefusedException> RefusedAsync(string plugin, Action<PluginTestOptions>? configure = null)
    {
        var start = () => PluginTestHost.StartAsync(plugin, configure);
        return (await start.Should().ThrowAsync<PluginRefusedException>()).Which;
    }
}
