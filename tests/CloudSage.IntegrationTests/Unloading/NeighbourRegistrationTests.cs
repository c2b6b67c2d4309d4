using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using CloudSage.PluginHost.Unloading;
using Microsoft.Extensions.DependencyInjection;
using ThreadState = System.Threading.ThreadState;

namespace CloudSage.IntegrationTests.Unloading;

/// <summary>What one plugin registered is removed, and the same registrations of another plugin and of the host go on.</summary>
internal sealed class NeighbourRegistrationTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [TestCaseSource(nameof(Cases))]
    public async Task A_neighbour_and_the_host_are_not_disturbed(string run, string types, Func<(object? Host, Action Fire)> stage)
    {
        using var help = new Help();
        var (given, fire) = stage();
        var host = Visitor.Settle(run, given, types);
        var neighbour = Visitor.Enter(run, given, types);
        var leaver = Visitor.Enter(run, given, types).Leave(help.Eviction);

        await GoneAsync(leaver, help);
        leaver.Evicted.Should().NotBeEmpty();
        var (hostBefore, neighbourBefore) = (host.Hits(), neighbour.Hits());
        await Eventually.TrueAsync(
            () => Fired(fire, () => host.Hits() > hostBefore && neighbour.Hits() > neighbourBefore),
            "host and neighbour are called back",
            () => $"{host.Hits() - hostBefore} and {neighbour.Hits() - neighbourBefore} times");

        await GoneAsync(neighbour.Leave(help.Eviction), help);
        var last = host.Hits();
        // What happens but once has happened.
        if (given is not (CancellationToken or Task or EventWaitHandle))
            await Eventually.TrueAsync(() => Fired(fire, () => host.Hits() > last), "the host is still called back");
    }

    [Test]
    public async Task A_host_that_waits_for_a_task_of_the_plugins_gives_up_when_it_meant_to()
    {
        using var help = new Help();
        using var desk = new HostDesk();
        var leaver = Visitor.Enter($"(({typeof(IDesk).FullName})host).Wait(new TaskCompletionSource<Entry>().Task);", desk, "sealed class Entry { }").Leave(help.Eviction);

        await Eventually.TrueAsync(() => desk.GaveUp, "the host's time limit is over");
        await GoneAsync(leaver, help);
    }

    [Test]
    public async Task A_timer_of_the_hosts_goes_on_though_only_the_plugin_listened_to_it()
    {
        using var help = new Help();
        using var timer = new System.Timers.Timer(5) { Enabled = true };
        var leaver = Visitor.Enter("((System.Timers.Timer)host).Elapsed += (_, _) => Hits++;", timer).Leave(help.Eviction);
        await GoneAsync(leaver, help);

        var ticks = 0;
        timer.Elapsed += (_, _) => Interlocked.Increment(ref ticks);
        await Eventually.TrueAsync(() => Volatile.Read(ref ticks) > 2, "the timer ticks");
    }

    [Test]
    public async Task A_context_that_the_hosts_timer_captured_keeps_the_hosts_values_alone()
    {
        using var help = new Help();
        var leaver = Visitor.Enter("""
            ExecutionContext.Run(ExecutionContext.Capture(), _ =>
            {
                var local = new AsyncLocal<object>(_ => Hits++);
                local.Value = new Entry();
                CloudSage.IntegrationTests.Unloading.HostBoard.Flow.Value = "kept";
                CloudSage.IntegrationTests.Unloading.HostBoard.Schedule(TimeSpan.FromMilliseconds(50));
            }, null);
            """, types: "sealed class Entry { }").Leave();
        Visitor.IsGone(leaver, collections: 3).Should().BeFalse();

        await GoneAsync(leaver, help);

        await Eventually.TrueAsync(() => HostBoard.Seen == "kept", "the host's timer sees the host's value");
    }

    [TestCase("var set = new TaskCompletionSource(); Kept = new Timer(_ => set.TrySetResult(), null, 2000, -1); set.Task.Wait();", TestName = "A_timer_that_a_thread_blocks_on_is_left_until_it_has_fired")]
    [TestCase("var set = new ManualResetEventSlim(); Kept = new Timer(_ => set.Set(), null, 2000, -1); set.Wait();", TestName = "A_timer_that_sets_an_event_for_a_thread_is_left_until_it_has_fired")]
    [TestCase("Loop().Wait(); async Task Loop() { await Task.Delay(2000); }", TestName = "A_delay_that_a_thread_blocks_on_is_left_until_it_is_over")]
    [TestCase("Loop().Wait(); async Task Loop() { await new PeriodicTimer(TimeSpan.FromMilliseconds(2000)).WaitForNextTickAsync(); }", TestName = "A_tick_that_a_thread_blocks_on_is_left_until_it_comes")]
    public async Task Blocked(string body)
    {
        using var help = new Help();
        using var desk = new HostDesk();
        var leaver = Visitor.Enter($$"""
            var desk = ({{typeof(IDesk).FullName}})host;
            new Thread(() => { desk.Say("waits"); {{body}} desk.Say("done"); }) { IsBackground = true }.Start();
            """, desk);
        // On its way it may wait for the compiler or a lock; blocked for good is whoever is found so again and again.
        var seen = 0;
        await Eventually.TrueAsync(
            () => (seen = desk is { Said: "waits", Speaker.ThreadState: var state } && state.HasFlag(ThreadState.WaitSleepJoin) ? seen + 1 : 0) > 30, "the thread waits");

        var departure = leaver.Leave(help.Eviction);

        await Eventually.TrueAsync(() => desk.Said == "done", "the thread ends");
        await GoneAsync(departure, help);
    }

    [Test]
    public async Task Waits_that_a_tracing_tool_watches_are_found_as_well()
    {
        using var help = new Help();
        using var tool = new TaskWatcher();
        var leaver = Visitor.Enter("_ = Loop(); async Task Loop() { await Task.Delay(TimeSpan.FromDays(1)); Hits++; }").Leave();
        Visitor.IsGone(leaver, collections: 3).Should().BeFalse();

        await GoneAsync(leaver, help);

        leaver.Evicted.Should().ContainSingle(static e => e.Cause == "timers");
    }

    [TestCase("desk.Rung += () => Hits++;", TestName = "An_event_of_a_forwarded_service_is_left")]
    [TestCase("desk.Closing.Register(() => Hits++);", TestName = "A_token_of_a_forwarded_service_is_left")]
    [TestCase("CancellationTokenSource.CreateLinkedTokenSource(desk.Closing).Token.Register(() => Hits++);", TestName = "A_source_linked_to_a_forwarded_service_is_left")]
    [TestCase("_ = Loop(); async Task Loop() { await desk.Opened; Hits++; }", TestName = "A_task_of_a_forwarded_service_is_not_waited_for")]
    [TestCase("Task.WhenAny(desk.Opened, new TaskCompletionSource().Task).ContinueWith(_ => Hits++, TaskScheduler.Default);", TestName = "A_task_of_a_forwarded_service_is_not_waited_for_with_others")]
    public async Task Forwarded(string run)
    {
        using var desk = new HostDesk();
        using var without = new Help(host: s => s.AddSingleton<IDesk>(desk));
        using var help = new Help(host: s => s.AddSingleton<IDesk>(desk), options: static o => o.Forward<IDesk>());
        var code = $"var desk = ({typeof(IDesk).FullName})host; {run}";
        var (host, neighbour) = (Visitor.Settle(code, desk), Visitor.Enter(code, desk));

        var leaver = Visitor.Enter(code, desk).Leave(without.Eviction);
        Visitor.IsGone(leaver, collections: 3, without.Eviction).Should().BeFalse("what is not forwarded is not looked at");
        await GoneAsync(leaver, help);

        desk.Ring();
        desk.Open();
        desk.Close();
        await Eventually.TrueAsync(() => host.Hits() == 1 && neighbour.Hits() == 1, "host and neighbour are called back");
        await GoneAsync(neighbour.Leave(help.Eviction), help);
    }

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return Case("the end of the process", "AppDomain.CurrentDomain.ProcessExit += OnExit; static void OnExit(object s, EventArgs e) => Hits++;",
            () => (null, () => Raise(AppDomain.CurrentDomain, "ProcessExit", null, EventArgs.Empty)));
        yield return Case("unobserved exceptions", "TaskScheduler.UnobservedTaskException += OnExit; static void OnExit(object s, EventArgs e) => Hits++;",
            () => (null, () => Raise(TaskScheduler.Default, "UnobservedTaskException", null, null)));
        yield return Case("first chance exceptions", "AppDomain.CurrentDomain.FirstChanceException += (_, _) => Hits++;", () => (null, () => Resolve()));
        yield return Case("resolution", "AssemblyLoadContext.Default.Resolving += (_, n) => { Hits++; return null; };", () => (null, () => Resolve()));
        yield return Case("a static event of the host's", "CloudSage.IntegrationTests.Unloading.HostBoard.Changed += () => Hits++;", () => (null, HostBoard.Change));
        yield return Case("type descriptions", "System.ComponentModel.TypeDescriptor.Refreshed += _ => Hits++;", 
            static () => (null, static () => System.ComponentModel.TypeDescriptor.Refresh(System.ComponentModel.TypeDescriptor.GetProperties(typeof(HostDesk))[0].ComponentType)));
        yield return Case("timers", "Kept = new Timer(_ => Hits++, null, 50, 50);", static () => (null, static () => { }));
        yield return Case("component timers", "var t = new System.Timers.Timer(50); t.Elapsed += (_, _) => Hits++; t.Start(); Kept = t;", static () => (null, static () => { }));
        yield return Case("periodic timers", "Kept = new PeriodicTimer(TimeSpan.FromMilliseconds(50)); _ = Loop(); async Task Loop() { while (await ((PeriodicTimer)Kept).WaitForNextTickAsync()) Hits++; }",
            static () => (null, static () => { }));
        yield return Case("delays", "_ = Loop(); async Task Loop() { while (true) { await Task.Delay(50); Hits++; } }", static () => (null, static () => { }));
        yield return Case("one delay of all", "((Task)host).ContinueWith(_ => Hits++, TaskScheduler.Default);", () =>
        {
            var end = new CancellationTokenSource();
            return (Task.Delay(Day, end.Token), end.Cancel);
        });
        yield return Case("one late cancellation of all", "((CancellationToken)host).Register(() => Hits++);", () =>
        {
            var end = new CancellationTokenSource(Day);
            return (end.Token, end.Cancel);
        });
        yield return Case("one task of all, waited for with a limit", "_ = Loop(); async Task Loop() { await ((Task)host).WaitAsync(TimeSpan.FromDays(1)); Hits++; }", () =>
        {
            var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (end.Task, () => end.TrySetResult());
        });
        yield return Case("one handle of all", "ThreadPool.RegisterWaitForSingleObject((WaitHandle)host, (_, _) => Hits++, null, -1, true);", () =>
        {
            var end = new EventWaitHandle(false, EventResetMode.ManualReset);
            return (end, () => end.Set());
        });
        yield return Case("instruments of one meter", """((Meter)host).CreateObservableGauge("seats", () => Hits++);""", () =>
        {
            var meter = new Meter("neighbours");
            var listener = new MeterListener { InstrumentPublished = (i, l) => { if (i.Meter == meter) l.EnableMeasurementEvents(i); } };
            listener.Start();
            return (meter, listener.RecordObservableInstruments);
        });
        yield return Case("meter listeners", "var l = new MeterListener { InstrumentPublished = (i, l) => { if (i.Meter == host) l.EnableMeasurementEvents(i); } }; l.SetMeasurementEventCallback<int>((_, _, _, _) => Hits++); l.Start();", () =>
        {
            var counter = new Meter("neighbours").CreateCounter<int>("calls");
            return (counter.Meter, () => counter.Add(1));
        });
        yield return Case("activity listeners", "ActivitySource.AddActivityListener(new ActivityListener { ShouldListenTo = s => s == host, Sample = All, ActivityStarted = _ => Hits++ }); static ActivitySamplingResult All(ref ActivityCreationOptions<ActivityContext> o) => ActivitySamplingResult.AllData;", () =>
        {
            var source = new ActivitySource("neighbours");
            return (source, () => source.StartActivity("call")?.Dispose());
        });
        yield return Case("event listeners", "new Listener();", static () => (null, static () => Task.Run(static () => { })),
            """
            sealed class Listener : EventListener
            {
                protected override void OnEventSourceCreated(EventSource source) { if (source.Name == "System.Threading.Tasks.TplEventSource") EnableEvents(source, EventLevel.LogAlways, (EventKeywords)2); }
                protected override void OnEventWritten(EventWrittenEventArgs e) => Visit.Hits++;
            }
            """);
        yield return Case("diagnostic subscriptions", "((DiagnosticListener)host).Subscribe(new Observer());", () =>
        {
            var listener = new DiagnosticListener("neighbours");
            return (listener, () => listener.Write("call", null));
        }, "sealed class Observer : IObserver<KeyValuePair<string, object>> { public void OnNext(KeyValuePair<string, object> happened) => Visit.Hits++; public void OnError(Exception e) { } public void OnCompleted() { } }");
        yield return Case("encoding providers", "Encoding.RegisterProvider(new Provider());", static () => (null, static () => System.Text.Encoding.GetEncodings()),
            "sealed class Provider : EncodingProvider { public override IEnumerable<EncodingInfo> GetEncodings() { Visit.Hits++; return []; } public override Encoding GetEncoding(int page) => null; public override Encoding GetEncoding(string name) => null; }");
        yield return Case("trace listeners", "Trace.Listeners.Add(new Listener());", static () => (null, static () => Trace.WriteLine("call")),
            "sealed class Listener : TraceListener { public override void Write(string text) => Visit.Hits++; public override void WriteLine(string text) => Visit.Hits++; }");
    }

    private static TestCaseData Case(string name, string run, Func<(object? Host, Action Fire)> stage, string types = "")
        => new TestCaseData(run, types, stage).SetArgDisplayNames(name);

    private static bool Fired(Action fire, Func<bool> seen)
    {
        fire();
        return seen();
    }

    private static void Resolve()
    {
        try
        {
            Assembly.Load("not-there-" + Guid.NewGuid());
        }
        catch (FileNotFoundException)
        {
            // The event comes before the exception.
        }
    }

    /// <summary>Calls the visitors' handlers of an event that nobody but the runtime can raise.</summary>
    private static void Raise(object owner, string happening, params object?[] arguments)
    {
        const BindingFlags Any = BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic;
        var type = owner is TaskScheduler ? typeof(TaskScheduler) : owner.GetType();
        var handlers = (Delegate?)type.GetField(happening, Any)!.GetValue(owner);
        foreach (var handler in handlers?.GetInvocationList() ?? [])
            if (handler.Method.DeclaringType!.FullName == "Visit") handler.DynamicInvoke(arguments);
    }

    private static Task GoneAsync(Departure departure, Help help) => Eventually.TrueAsync(
        () => Visitor.IsGone(departure, collections: 2, help.Eviction),
        "the visitor leaves memory",
        () => $"Removed were {string.Join(", ", departure.Evicted)}. {string.Join(" ", departure.Findings)}");
}
