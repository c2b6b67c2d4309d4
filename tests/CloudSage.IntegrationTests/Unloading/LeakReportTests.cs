using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using CloudSage.PluginHost.Diagnostics;
using CloudSage.PluginHost.Unloading;

namespace CloudSage.IntegrationTests.Unloading;

/// <summary>What keeps a plugin in memory is planted in it, and the report must name it. One at a time: each test copies the process.</summary>
[NonParallelizable]
internal sealed class LeakReportTests : HostTests
{
    private const string Name = "leaver";
    private const string Over = "LeakReportTests.IsOver";

    private readonly Dictionary<string, Type> _kept = [];

    private const string Types = """
        public sealed class Entry { public int Number { get; set; } }

        public struct Pair { public int Left; public int Right; }

        public static class Poller
        {
            public static object Held;
            public static void Tick(object state) { }
            public static void OnExit(object sender, EventArgs e) { }
            public static void Loop() { while (true) Thread.Sleep(100_000); }
            public static void Spin() { while (!AppContext.TryGetSwitch("LeakReportTests.IsOver", out var over) || !over) Turn(); }
            [MethodImpl(MethodImplOptions.NoInlining)] private static void Turn() => Thread.SpinWait(10);
            public static async Task DelayAsync() { await Task.Delay(TimeSpan.FromDays(1)); GC.KeepAlive(typeof(Entry)); }
            public static async Task TickAsync() { var timer = new PeriodicTimer(TimeSpan.FromHours(1)); while (await timer.WaitForNextTickAsync()) { } }
        }
        """;

    /// <summary>A thread of a plugin spins until then: by a clock it might end before it is looked at.</summary>
    [SetUp]
    public void BeginSpinning() => AppContext.SetSwitch(Over, false);

    [TearDown]
    public void EndSpinning() => AppContext.SetSwitch(Over, true);

    [TestCase("System.Runtime.InteropServices.GCHandle.Alloc(new Entry());", LeakHolderKind.Handle, "GCHandle (Normal) -> Entry", TestName = "A_strong_handle_is_named")]
    [TestCase("Poller.Held = new Timer(Poller.Tick, null, 100_000, 100_000);", LeakHolderKind.Timer, "timer with callback Poller.Tick", TestName = "A_timer_is_named_by_its_callback")]
    [TestCase("_ = Poller.DelayAsync();", LeakHolderKind.Timer, "delay (Task.Delay) awaited by Poller.DelayAsync", TestName = "A_delay_is_named_by_who_awaits_it")]
    [TestCase("_ = Poller.TickAsync();", LeakHolderKind.Timer, "PeriodicTimer awaited by Poller.TickAsync", TestName = "A_periodic_timer_is_named_by_who_awaits_it")]
    [TestCase("""new Thread(Poller.Loop) { IsBackground = true, Name = "poller" }.Start();""", LeakHolderKind.Thread, "thread 'poller' running Poller.Loop", TestName = "A_thread_that_waits_is_named_with_its_method")]
    [TestCase("AppDomain.CurrentDomain.ProcessExit += Poller.OnExit;", LeakHolderKind.Event, "event System.AppDomain.ProcessExit <- Poller.OnExit", TestName = "A_handler_of_a_static_event_is_named")]
    [TestCase("System.Text.Json.JsonSerializer.Serialize(new Entry());", LeakHolderKind.TypeCache, "System.Text.Json.JsonSerializerOptions", TestName = "A_cache_of_a_serializer_is_named")]
    [TestCase("System.Diagnostics.ActivitySource.AddActivityListener(new System.Diagnostics.ActivityListener { ShouldListenTo = _ => true });",
        LeakHolderKind.Listener, "System.Diagnostics.ActivitySource.s_allListeners", TestName = "A_listener_is_named")]
    [TestCase("""AppContext.SetData("leak report", new Entry());""", LeakHolderKind.StaticField, "static field System.AppContext.s_dataStore", TestName = "A_static_field_is_named_with_the_way_to_the_plugin")]
    [TestCase("System.Runtime.InteropServices.GCHandle.Alloc(new Pair[1], System.Runtime.InteropServices.GCHandleType.Pinned);", LeakHolderKind.Handle, "GCHandle (Pinned) -> Pair[]", TestName = "A_pinned_handle_is_named")]
    [TestCase("_ = new System.Runtime.DependentHandle(AppDomain.CurrentDomain, new Entry());", LeakHolderKind.DependentHandle, "ConditionalWeakTable entry of AppDomain", TestName = "A_dependent_handle_is_named_by_its_key")]
    [TestCase("ThreadPool.RegisterWaitForSingleObject(new ManualResetEvent(false), (_, _) => Poller.Tick(null), null, -1, true);",
        LeakHolderKind.Timer, "registered wait with callback lambda in ", TestName = "A_registered_wait_is_named_by_its_callback")]
    [TestCase("System.Runtime.Loader.AssemblyLoadContext.Default.Unloading += _ => Poller.Tick(null);",
        LeakHolderKind.Event, "event System.Runtime.Loader.AssemblyLoadContext.Unloading <- lambda in ", TestName = "A_handler_of_an_event_with_another_delegate_is_named")]
    [TestCase("System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(typeof(Entry).Assembly).Resolving += (_, _) => { Poller.Tick(null); return null; };",
        LeakHolderKind.Event, "event System.Runtime.Loader.AssemblyLoadContext.Resolving <- lambda in ", TestName = "A_handler_on_the_plugins_own_context_is_named")]
    [TestCase("""new Thread(Poller.Spin) { IsBackground = true, Name = "spinner" }.Start();""", LeakHolderKind.Thread, "thread 'spinner' running Poller.", TestName = "A_thread_that_runs_is_named_with_its_method")]
    public async Task Names(string start, LeakHolderKind kind, string words)
    {
        Plugins.Add(new PluginSource(Name) { Start = start, Types = Types });
        await using var host = await StartLeakingAsync();

        Plugins.Delete(Name);

        var told = await host.HappensAsync(PluginEventKind.LeakExplained, Name, "1.0.0");
        var report = host.Find(Name)!.LastLeak!;
        report.Holders.Should().Contain(h => h.Kind == kind && h.Path.Contains(words, StringComparison.Ordinal), report.ToString());
        report.Holders.Should().OnlyContain(static h => h.Remedy.Length > 0);
        told.Message.Should().StartWith("CSG2050: leaver 1.0.0 is held by ");
        host.Logs.Entries.Should().Contain(l => l.Message.Contains("CSG2050", StringComparison.Ordinal) && l.Message.Contains(words, StringComparison.Ordinal));
    }

    [Test]
    public async Task An_object_of_the_host_is_named_by_its_field()
    {
        Plugins.Add(new PluginSource(Name) { Types = Types });
        await using var host = await StartLeakingAsync();
        Keep();
        Plugins.Delete(Name);
        await host.HappensAsync(PluginEventKind.LeakExplained, Name);
        var report = host.Find(Name)!.LastLeak!;
        report.Holders.Should().ContainSingle(h => h.Path.Contains("LeakReportTests._kept", StringComparison.Ordinal) && h.Path.Contains("typeof(Entry)", StringComparison.Ordinal), report.ToString());
        report.Holders.Should().NotContain(static h => h.Kind == LeakHolderKind.Thread, "what lies on stacks is no culprit where a field is");
        _kept.Clear();
    }

    [Test]
    public async Task A_plugin_that_leaves_has_no_report_and_a_question_is_answered()
    {
        Plugins.Add(new PluginSource(Name));
        await using var host = await StartLeakingAsync();
        host.LeavesPluginsInMemory = false;
        Plugins.Delete(Name);
        await host.HappensAsync(PluginEventKind.Collected, Name);
        var answer = await host.Plugins.DiagnoseAsync(Name, CancellationToken.None);
        answer.Leaks.Should().BeEmpty();
        answer.Shortfall.Should().BeNull();
    }

    [Test]
    public async Task A_process_that_is_too_large_is_left_alone_and_the_report_says_so()
    {
        Plugins.Add(new PluginSource(Name) { Start = "System.Runtime.InteropServices.GCHandle.Alloc(this);" });
        await using var host = await StartLeakingAsync(static o => o.MaxProcessBytes = 1);
        Plugins.Delete(Name);
        (await host.HappensAsync(PluginEventKind.LeakExplained, Name)).Message.Should().StartWith("CSG2051").And.Contain("MaxProcessBytes");
    }

    /// <summary>In a frame of its own, so that no stack holds what is kept.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Keep() => _kept["kept"] = AssemblyLoadContext.All.Where(static c => c.IsCollectible)
        .SelectMany(static c => c.Assemblies).Select(static a => a.GetType("Entry")).OfType<Type>().First();

    private async Task<PluginHostFixture> StartLeakingAsync(Action<LeakReportOptions>? reports = null)
    {
        var host = await StartAsync(
            o =>
            {
                (o.Unloading.MaxCollections, o.Unloading.Assistance, o.Unloading.LeakReports.Interval) = (3, UnloadAssistance.Off, TimeSpan.Zero);
                reports?.Invoke(o.Unloading.LeakReports);
            },
            static b => b.Services.AddLeakReports());
        host.LeavesPluginsInMemory = true;
        return host;
    }
}
