using System.Text.Json;
using CloudSage.PluginHost.Brokering;

namespace CloudSage.IntegrationTests.Operation;

/// <summary>What the operator decides, and that it is remembered.</summary>
internal sealed class OperatorTests : HostTests
{
    private const string Name = "alpha";

    [Test]
    public async Task A_disabled_plugin_stays_disabled_over_rescans_new_versions_and_restarts()
    {
        Plugins.Add(new PluginSource(Name));
        await using (var host = await StartAsync())
        {
            (await host.Plugins.DisableAsync(Name, CancellationToken.None)).Succeeded.Should().BeTrue();

            host.Find(Name)!.State.Should().Be(PluginState.Disabled);
            host.Find(Name)!.Findings.Should().Contain(static f => f.Code == "CSG1902");
            (await host.CallAsync(Name)).Status.Should().Be(CallStatus.Unavailable);
            await host.SynchronizeAsync();
            Plugins.Swap(new PluginSource(Name) { Version = "2.0.0" }.Build());
            await host.BecomesAsync(Name, PluginState.Disabled, "2.0.0");
            host.Count(PluginEventKind.Upgraded).Should().Be(0);
        }

        await using var restarted = await StartAsync();
        restarted.Find(Name)!.State.Should().Be(PluginState.Disabled);

        (await restarted.Plugins.EnableAsync(Name, CancellationToken.None)).Succeeded.Should().BeTrue();
        (await restarted.AskAsync(Name)).Should().Be("2.0.0");
    }

    [Test]
    public async Task A_plugin_can_be_disabled_before_it_arrives()
    {
        await using var host = await StartAsync();
        await host.Plugins.DisableAsync(Name, CancellationToken.None);

        Plugins.Add(new PluginSource(Name));

        await host.BecomesAsync(Name, PluginState.Disabled, "1.0.0");
        host.Count(PluginEventKind.Added).Should().Be(0);
    }

    [Test]
    public async Task A_faulted_plugin_is_tried_again_when_the_operator_says_so()
    {
        Plugins.Add(new PluginSource(Name)
        {
            Parameters = "PluginContext context",
            Start = """if (!File.Exists(Path.Combine(context.DataDirectory, "mended"))) throw new InvalidOperationException("not mended");""",
        });
        await using var host = await StartAsync();
        host.Find(Name)!.State.Should().Be(PluginState.Faulted);

        (await host.Plugins.RetryAsync(Name, CancellationToken.None)).Succeeded.Should().BeFalse();
        Directory.CreateDirectory(Path.Combine(Place.Data, Name));
        await File.WriteAllTextAsync(Path.Combine(Place.Data, Name, "mended"), string.Empty);
        (await host.Plugins.RetryAsync(Name, CancellationToken.None)).Succeeded.Should().BeTrue();

        host.Find(Name)!.State.Should().Be(PluginState.Active);
    }

    [Test]
    public async Task The_state_file_is_whole_at_every_moment_and_knows_what_was_decided()
    {
        await using var host = await StartAsync();
        await host.Plugins.DisableAsync("first", CancellationToken.None);
        using var end = new CancellationTokenSource();
        var reading = Task.Run(() =>
        {
            var reads = 0;
            for (; !end.IsCancellationRequested || reads == 0; reads++) JsonDocument.Parse(File.ReadAllBytes(Place.StateFile)).Dispose();
            return reads;
        });

        for (var i = 0; i < 30; i++)
        {
            await host.Plugins.DisableAsync($"plugin-{i}", CancellationToken.None);
            if (i % 2 == 0) await host.Plugins.EnableAsync($"plugin-{i}", CancellationToken.None);
        }

        await end.CancelAsync();
        (await reading).Should().BePositive();
        using var state = JsonDocument.Parse(await File.ReadAllBytesAsync(Place.StateFile));
        state.RootElement.GetProperty("disabled").EnumerateArray().Should().HaveCount(16);
    }

    [Test]
    public async Task A_damaged_state_file_stops_the_start_with_a_clear_message()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Place.StateFile)!);
        await File.WriteAllTextAsync(Place.StateFile, """{ "disabled": [ "al""");

        var start = async () => await StartAsync();

        (await start.Should().ThrowAsync<InvalidDataException>()).Which.Message.Should().Contain("CSG1905").And.Contain("state.json");
    }

    [Test]
    public async Task Two_hosts_on_one_store_are_refused_with_a_clear_message()
    {
        await using var host = await StartAsync();

        var second = async () => await StartAsync();

        (await second.Should().ThrowAsync<InvalidOperationException>()).Which.Message.Should().Contain("CSG1201");
        await host.StopAsync();
    }

    [Test]
    public async Task Commands_and_upgrades_of_one_plugin_at_the_same_time_are_done_one_after_another()
    {
        PluginFiles Version(int number) => new PluginSource(Name)
        {
            Version = $"{number}.0.0",
            Parameters = "IGate gate",
            Start = """gate.Reach("begin"); await Task.Yield(); await Task.Delay(5, cancellationToken); gate.Reach("end");""",
            Stop = """gate.Reach("stop begins"); await Task.Delay(5, cancellationToken); gate.Reach("stop ends");""",
        }.Build();
        var versions = Enumerable.Range(1, 6).Select(Version).ToArray();
        Plugins.Add(versions[0]);
        await using var host = await StartAsync();

        var commands = Enumerable.Range(0, 20).Select(i => Task.Run(() => i % 2 == 0
            ? host.Plugins.DisableAsync(Name, CancellationToken.None)
            : host.Plugins.EnableAsync(Name, CancellationToken.None)));
        var upgrades = Task.Run(() =>
        {
            foreach (var version in versions) Plugins.Swap(version);
        });
        await Task.WhenAll([.. commands, upgrades]).WaitAsync(Eventually.Deadline);
        await host.Plugins.EnableAsync(Name, CancellationToken.None);

        await host.BecomesAsync(Name, PluginState.Active, "6.0.0");
        await host.SynchronizeAsync();
        var steps = host.Gate.Reached;
        for (var i = 0; i < steps.Count; i += 2)
            (steps[i], steps[i + 1]).Should().BeOneOf([("begin", "end"), ("stop begins", "stop ends")], "no two operations on one plugin overlap");
        (steps.Count(static s => s == "end") - steps.Count(static s => s == "stop ends")).Should().Be(1, "one version is left running");
    }
}
