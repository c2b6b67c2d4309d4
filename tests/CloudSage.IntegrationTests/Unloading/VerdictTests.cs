namespace CloudSage.IntegrationTests.Unloading;

/// <summary>Whether a plugin really left memory: the host knows, and says so.</summary>
internal sealed class VerdictTests : HostTests
{
    private const string Name = "leaver";

    [TestCase("", TestName = "A_plugin_that_does_nothing_leaves")]
    [TestCase("_ = Task.Run(() => Task.Delay(Timeout.Infinite, context.Stopping));", TestName = "A_background_task_that_obeys_the_stop_token_leaves")]
    [TestCase("var timer = new Timer(_ => { }, null, 1000, 1000); context.Stopping.Register(timer.Dispose);", TestName = "A_timer_that_is_disposed_at_the_stop_token_leaves")]
    [TestCase("AppDomain.CurrentDomain.ProcessExit += OnExit; context.Stopping.Register(() => AppDomain.CurrentDomain.ProcessExit -= OnExit);", TestName = "A_static_event_that_is_left_at_the_stop_token_leaves")]
    public async Task Leaves(string start)
    {
        Plugins.Add(Leaver(start));
        await using var host = await StartAsync();
        (await host.AskAsync(Name)).Should().Be("1.0.0");

        Plugins.Delete(Name);

        await host.HappensAsync(PluginEventKind.Collected, Name, "1.0.0");
        var verdict = host.Find(Name)?.LastUnload;
        verdict!.Collected.Should().BeTrue();
        verdict.Collections.Should().BeInRange(1, 10);
        verdict.Version.Should().Be("1.0.0");
        PluginMemory.LoadedFrom(Place.Store).Should().BeEmpty();
    }

    [TestCase("System.Runtime.InteropServices.GCHandle.Alloc(this);", TestName = "A_strong_handle_is_reported_as_a_leak")]
    public async Task Leaks(string start)
    {
        Plugins.Add(Leaver(start));
        Plugins.Add(new PluginSource("neighbour"));
        await using var host = await StartAsync(static o => o.Unloading.MaxCollections = 3);
        host.LeavesPluginsInMemory = true;

        Plugins.Delete(Name);

        await host.HappensAsync(PluginEventKind.Leaked, Name, "1.0.0");
        var status = host.Find(Name)!;
        status.State.Should().Be(PluginState.Leaked);
        status.VersionsLeaked.Should().Be(1);
        status.LastUnload!.Collected.Should().BeFalse();
        status.LastUnload.Collections.Should().Be(3);
        host.Logs.Entries.Should().Contain(static l => l.Message.Contains("CSG2002", StringComparison.Ordinal));
        PluginMemory.LoadedFrom(Place.Store).Should().Contain(static a => a.StartsWith("leaver "));
        (await host.AskAsync("neighbour")).Should().Be("1.0.0");
    }

    [Test]
    public async Task A_thread_that_outlives_its_plugin_is_a_leak_until_it_ends()
    {
        Plugins.Add(Leaver("""new Thread(() => { gate.Block("thread"); gate.Reach("thread ends"); }) { IsBackground = true }.Start();"""));
        Plugins.Add(new PluginSource("neighbour"));
        await using var host = await StartAsync(static o => o.Unloading.MaxCollections = 2);
        await host.Gate.ReachedAsync("thread");

        Plugins.Delete(Name);
        await host.HappensAsync(PluginEventKind.Leaked, Name);
        host.Gate.Open("thread");
        await host.Gate.ReachedAsync("thread ends");
        // Whoever leaves next makes the verifier look again.
        Plugins.Delete("neighbour");

        await host.HappensAsync(PluginEventKind.Collected, Name);
        host.Find(Name)!.VersionsLeaked.Should().Be(0);
    }

    [Test]
    public async Task A_leaked_version_does_not_keep_its_successor_from_serving()
    {
        Plugins.Add(Leaver("System.Runtime.InteropServices.GCHandle.Alloc(this);"));
        await using var host = await StartAsync(static o => o.Unloading.MaxCollections = 2);
        host.LeavesPluginsInMemory = true;

        Plugins.Swap((Leaver("") with { Version = "2.0.0" }).Build());

        await host.HappensAsync(PluginEventKind.Leaked, Name, "1.0.0");
        (await host.AskAsync(Name)).Should().Be("2.0.0");
        host.Find(Name)!.State.Should().Be(PluginState.Active);
        host.Find(Name)!.VersionsLeaked.Should().Be(1);
    }

    private static PluginSource Leaver(string start) => new(Name)
    {
        Parameters = "PluginContext context, IGate gate",
        Members = "public object[] All => [context, gate]; private static void OnExit(object sender, EventArgs e) { }",
        Start = start,
    };
}
