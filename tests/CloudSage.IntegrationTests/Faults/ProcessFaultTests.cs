namespace CloudSage.IntegrationTests.Faults;

/// <summary>What ends a process, or would: seen from outside, with a host in a process of its own.</summary>
internal sealed class ProcessFaultTests : HostTests
{
    private const string Name = "deadly";

    [Test]
    public async Task A_plugin_whose_activation_killed_the_process_is_quarantined_until_the_operator_lifts_it()
    {
        // It kills the process as long as the operator has not put a file into its data folder.
        Plugins.Add(new PluginSource(Name)
        {
            Parameters = "PluginContext context",
            Start = """if (!File.Exists(Path.Combine(context.DataDirectory, "mended"))) Environment.FailFast("deadly by design");""",
        });
        Plugins.Add(new PluginSource("neighbour"));
        await DiesUntilOneIsFoundAsync();

        using var second = ChildHost.Start(Place);
        await second.ReadyAsync();
        (await second.SendAsync($"state {Name}")).Should().Be("Quarantined CSG1901");
        (await second.SendAsync("ask neighbour run")).Should().Be("Succeeded 1.0.0");
        (await second.SendAsync($"ask {Name} run")).Should().StartWith("Unavailable");
        (await second.StopAsync()).Should().Be(0);

        using var third = ChildHost.Start(Place);
        await third.ReadyAsync();
        (await third.SendAsync($"state {Name}")).Should().Be("Quarantined CSG1901", "a restart lifts nothing");
        Directory.CreateDirectory(Path.Combine(Place.Data, Name));
        await File.WriteAllTextAsync(Path.Combine(Place.Data, Name, "mended"), string.Empty);
        (await third.SendAsync($"retry {Name}")).Should().StartWith("True");
        (await third.SendAsync($"ask {Name} run")).Should().Be("Succeeded 1.0.0");
        (await third.StopAsync()).Should().Be(0);
    }

    [Test]
    public async Task Of_several_plugins_that_were_being_activated_only_the_one_that_killed_the_process_is_quarantined()
    {
        for (var i = 0; i < 4; i++)
            Plugins.Add(new PluginSource($"innocent-{i}") { Start = "await Task.Delay(20, cancellationToken);" });
        Plugins.Add(new PluginSource(Name) { Start = """Environment.FailFast("deadly by design");""" });
        await DiesUntilOneIsFoundAsync();

        using var last = ChildHost.Start(Place);
        await last.ReadyAsync();

        (await last.SendAsync($"state {Name}")).Should().Be("Quarantined CSG1901");
        for (var i = 0; i < 4; i++) (await last.SendAsync($"ask innocent-{i} run")).Should().Be("Succeeded 1.0.0");
    }

    [TestCase("""new Thread(() => throw new InvalidOperationException("by design")).Start();""", TestName = "A_thread_that_throws_does_not_end_the_host")]
    [TestCase("""AsyncVoid(); static async void AsyncVoid() { await Task.Yield(); throw new InvalidOperationException("by design"); }""", TestName = "An_async_void_that_throws_does_not_end_the_host")]
    [TestCase("""new Timer(_ => throw new InvalidOperationException("by design"), null, 0, Timeout.Infinite);""", TestName = "A_timer_that_throws_does_not_end_the_host")]
    [TestCase("""ThreadPool.QueueUserWorkItem(_ => throw new InvalidOperationException("by design"));""", TestName = "A_pool_item_that_throws_does_not_end_the_host")]
    [TestCase("""Make(); GC.Collect(); GC.WaitForPendingFinalizers(); [MethodImpl(MethodImplOptions.NoInlining)] static void Make() => new Bomb();""", TestName = "A_finalizer_that_throws_does_not_end_the_host")]
    public async Task Thrown_where_nobody_catches(string code)
    {
        Plugins.Add(new PluginSource(Name)
        {
            Execute = code + " return new CommandResult(true, CodeVersion);",
            Types = """public sealed class Bomb { ~Bomb() => throw new InvalidOperationException("by design"); }""",
        });
        Plugins.Add(new PluginSource("neighbour"));
        using var child = ChildHost.Start(Place);
        await child.ReadyAsync();

        (await child.SendAsync($"ask {Name} run")).Should().Be("Succeeded 1.0.0");
        await Eventually.TrueAsync(() => child.Log.Contains("The host goes on", StringComparison.Ordinal), "the host reports the throw", () => child.Log);
        child.Log.Should().Contain("by design");

        (await child.SendAsync("ask neighbour run")).Should().Be("Succeeded 1.0.0");
        (await child.StopAsync()).Should().Be(0);
    }

    /// <summary>The process dies once, and a second time where others were being activated too, so that it was not clear which ended it.</summary>
    private async Task DiesUntilOneIsFoundAsync()
    {
        using (var first = ChildHost.Start(Place))
            (await first.ExitAsync()).Should().NotBe(0);
        if (Directory.GetFiles(Path.Combine(Place.State, "activating")).Length == 1) return;
        using var second = ChildHost.Start(Place);
        (await second.ExitAsync()).Should().NotBe(0);
        Directory.GetFiles(Path.Combine(Place.State, "activating")).Should().ContainSingle("then one at a time is activated");
    }
}
