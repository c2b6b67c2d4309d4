namespace CloudSage.IntegrationTests.Unloading;

/// <summary>The ways to register something in the process and to forget it, by what the host calls them.</summary>
internal static class Registrations
{
    private const string Events = "handlers of the runtime's events";

    public static IEnumerable<TestCaseData> Cases()
    {
        yield return Case(Events, "the end of the process", "AppDomain.CurrentDomain.ProcessExit += (_, _) => { };");
        yield return Case(Events, "the end of the domain", "AppDomain.CurrentDomain.DomainUnload += (_, _) => { };");
        yield return Case(Events, "unhandled exceptions", "AppDomain.CurrentDomain.UnhandledException += (_, _) => { };");
        yield return Case(Events, "first chance exceptions", "AppDomain.CurrentDomain.FirstChanceException += (_, _) => Hits++;");
        yield return Case(Events, "assemblies that are loaded", "AppDomain.CurrentDomain.AssemblyLoad += (_, _) => Hits++;");
        yield return Case(Events, "assemblies that are sought", "AppDomain.CurrentDomain.AssemblyResolve += (_, _) => null;");
        yield return Case(Events, "types that are sought", "AppDomain.CurrentDomain.TypeResolve += (_, _) => null;");
        yield return Case(Events, "resources that are sought", "AppDomain.CurrentDomain.ResourceResolve += (_, _) => null;");
        yield return Case(Events, "unobserved exceptions", "TaskScheduler.UnobservedTaskException += (_, _) => Hits++;");
        yield return Case(Events, "failed code contracts", "System.Diagnostics.Contracts.Contract.ContractFailed += (_, _) => { };");
        yield return Case(Events, "the interrupt key", "Console.CancelKeyPress += (_, _) => { };");
        yield return Case(Events, "trace settings", "Trace.Refreshing += (_, _) => { };");
        yield return Case(Events, "the current activity", "Activity.CurrentChanged += (_, _) => Hits++;");
        yield return Case(Events, "resolution in the default context", "AssemblyLoadContext.Default.Resolving += (_, _) => null;");
        yield return Case(Events, "native resolution in the default context", "AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, _) => default;");
        yield return Case(Events, "several events, some of them twice",
            "for (var i = 0; i < 2; i++) { AppDomain.CurrentDomain.ProcessExit += OnExit; TaskScheduler.UnobservedTaskException += (_, _) => Hits++; } void OnExit(object s, EventArgs e) { }");

        yield return Case("handlers of static events", "a static event of the host's", "CloudSage.IntegrationTests.Unloading.HostBoard.Changed += () => Hits++;");
        yield return Case("handlers of network changes", "network addresses", "NetworkChange.NetworkAddressChanged += (_, _) => { };");
        yield return Case("handlers of network changes", "network availability", "NetworkChange.NetworkAvailabilityChanged += (_, _) => { };");

        yield return Case("metric instruments", "an observable gauge", """new Meter("visitor").CreateObservableGauge("seats", () => Hits);""");
        yield return Case("metric instruments", "an observable counter of measurements",
            """new Meter("visitor").CreateObservableCounter("seats", () => new[] { new Measurement<long>(Hits) });""");
        yield return Case("meter listeners", "a meter listener",
            """var l = new MeterListener { InstrumentPublished = (i, l) => l.EnableMeasurementEvents(i) }; l.SetMeasurementEventCallback<int>((_, _, _, _) => Hits++); l.Start();""");
        yield return Case("activity listeners", "an activity listener",
            """ActivitySource.AddActivityListener(new ActivityListener { ShouldListenTo = s => s.Name == "visited", Sample = All, ActivityStarted = _ => Hits++ }); static ActivitySamplingResult All(ref ActivityCreationOptions<ActivityContext> o) => ActivitySamplingResult.AllData;""");
        yield return Case("event listeners", "an event listener", "new Listener();",
            """
            sealed class Listener : EventListener
            {
                protected override void OnEventSourceCreated(EventSource source) { if (source.Name == "System.Threading.Tasks.TplEventSource") EnableEvents(source, EventLevel.LogAlways); }
                protected override void OnEventWritten(EventWrittenEventArgs e) => Visit.Hits++;
            }
            """);
        yield return Case("diagnostic subscriptions", "a subscription to all diagnostic listeners", "DiagnosticListener.AllListeners.Subscribe(new Observer());",
            """
            sealed class Observer : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object>>
            {
                public void OnNext(DiagnosticListener listener) => listener.Subscribe(this, (_, _, _) => true);
                public void OnNext(KeyValuePair<string, object> happened) => Visit.Hits++;
                public void OnError(Exception e) { }
                public void OnCompleted() => Visit.Hits++;
            }
            """);
    }

    public static IEnumerable<TestCaseData> Timers()
    {
        const string Timers = "timers";
        yield return Case(Timers, "a timer", "Kept = new Timer(_ => Hits++, null, DAY, DAY);");
        yield return Case(Timers, "a timer that fires", "Kept = new Timer(_ => Hits++, null, 1, 1);");
        yield return Case(Timers, "a timer of the framework's code on an object of the plugin's", "Kept = new Timer((TimerCallback)Delegate.CreateDelegate(typeof(TimerCallback), typeof(GC).GetMethod(\"KeepAlive\")), new Entry(), DAY, DAY);", "class Entry { }");
        yield return Case(Timers, "a timer of a time provider", "Kept = TimeProvider.System.CreateTimer(_ => Hits++, null, DAY, DAY);");
        yield return Case(Timers, "a component's timer", "var t = new System.Timers.Timer(DAY.TotalMilliseconds); t.Elapsed += (_, _) => Hits++; t.Start();");
        yield return Case(Timers, "a component's timer that fires", "var t = new System.Timers.Timer(1); t.Elapsed += (_, _) => Hits++; t.Start();");
        yield return Case(Timers, "a periodic timer", "var t = new PeriodicTimer(DAY); _ = Loop(); " + With("t.WaitForNextTickAsync()"));
        yield return Case(Timers, "a periodic timer as a task", "var t = new PeriodicTimer(DAY); _ = Loop(); " + With("t.WaitForNextTickAsync().AsTask()"));
        yield return Case(Timers, "a delay", "_ = Loop(); " + With("Task.Delay(DAY)"));
        yield return Case(Timers, "a short delay over and over", "_ = Loop(); " + With("Task.Delay(1)"));
        yield return Case(Timers, "a delay below other tasks", "_ = Outer(); async Task Outer() { await Task.WhenAll(Loop(), Task.Run(() => Loop())); } " + With("Task.Delay(DAY)"));
        yield return Case(Timers, "a delay against a task", "var other = new TaskCompletionSource(); _ = Loop(); " + With("Task.WhenAny(Task.Delay(DAY), other.Task)"));
        yield return Case(Timers, "a continuation of a delay", "Task.Delay(DAY).ContinueWith(_ => Hits++, TaskScheduler.Default).ContinueWith(_ => Hits++, TaskScheduler.Default);");
        yield return Case(Timers, "a wait with a limit", "var other = new TaskCompletionSource(); _ = Loop(); " + With("other.Task.WaitAsync(DAY)"));
        yield return Case(Timers, "a wait for a semaphore with a limit", "var gate = new SemaphoreSlim(0); _ = Loop(); " + With("gate.WaitAsync(DAY)"));
        yield return Case(Timers, "an endless wait until a late cancellation", "var late = new CancellationTokenSource(DAY); _ = Loop(); " + With("Task.Delay(-1, late.Token)"));
        yield return Case(Timers, "a late cancellation", "new CancellationTokenSource(DAY).Token.Register(() => Hits++);");
        yield return Case(Timers, "a late cancellation of an object of the plugin's", "new CancellationTokenSource(DAY).Token.Register((Action<object>)Delegate.CreateDelegate(typeof(Action<object>), typeof(GC).GetMethod(\"KeepAlive\")), new Entry());", "class Entry { }");
        yield return Case(Timers, "a late cancellation of a source that is linked", "var late = new CancellationTokenSource(); late.CancelAfter(DAY); CancellationTokenSource.CreateLinkedTokenSource(late.Token, new CancellationTokenSource().Token).Token.Register(() => Hits++);");
        yield return Case(Timers, "a stream of items with delays", "_ = Loop(); async Task Loop() { await foreach (var i in Items()) Hits++; } async IAsyncEnumerable<int> Items() { while (true) { await Task.Delay(DAY); yield return 1; } }");
        yield return Case("registered waits", "a registered wait", "ThreadPool.RegisterWaitForSingleObject(new ManualResetEvent(false), (_, _) => Hits++, null, -1, false);");
        yield return Case("registered waits", "a registered wait with a limit", "ThreadPool.RegisterWaitForSingleObject(new AutoResetEvent(false), (_, _) => Hits++, null, DAY, false);");
    }

    public static IEnumerable<TestCaseData> Places()
    {
        yield return Case("signal handlers", "a signal", "Kept = PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => Hits++);");
        yield return Case("encoding providers", "an encoding provider", "Encoding.RegisterProvider(new Provider());",
            "sealed class Provider : EncodingProvider { public override Encoding GetEncoding(int page) => null; public override Encoding GetEncoding(string name) => null; }");
        yield return Case("trace listeners", "a trace listener", "Trace.Listeners.Add(new Listener());",
            "sealed class Listener : TraceListener { public override void Write(string text) => Visit.Hits++; public override void WriteLine(string text) => Visit.Hits++; }");
        yield return Case("providers registered by name", "an algorithm", "System.Security.Cryptography.CryptoConfig.AddAlgorithm(typeof(Algorithm), \"visitor\" + Guid.NewGuid());", "public sealed class Algorithm { }");
        yield return Case("providers registered by name", "a URI scheme", "UriParser.Register(new Parser(), \"v\" + Guid.NewGuid().ToString(\"n\"), -1);", "sealed class Parser : GenericUriParser { public Parser() : base(GenericUriParserOptions.Default) { } }");
        yield return Case("providers registered by name", "a database", "System.Data.Common.DbProviderFactories.RegisterFactory(\"v\" + Guid.NewGuid(), new Factory());", "public sealed class Factory : System.Data.Common.DbProviderFactory { }");
        yield return Case("diagnostic listeners", "a diagnostic listener of its own type", "new Source();", "sealed class Source : DiagnosticListener { public Source() : base(\"visitor\") { } }");
        yield return Case("thread data slots", "a named slot of a thread", "Thread.SetData(Thread.GetNamedDataSlot(\"v\" + Guid.NewGuid()), new Entry());", "sealed class Entry { }");
        yield return Case("process-wide settings", "the proxy of all clients", "System.Net.Http.HttpClient.DefaultProxy = new Proxy();",
            "sealed class Proxy : IWebProxy { public ICredentials Credentials { get; set; } public Uri GetProxy(Uri to) => null; public bool IsBypassed(Uri to) => true; }");
        yield return Case("process-wide settings", "the errors of the console", "Console.SetError(new Writer());", "sealed class Writer : StringWriter { }");
        yield return Case("process-wide settings", "the input of the console", "Console.SetIn(new Reader());", "sealed class Reader : StringReader { public Reader() : base(string.Empty) { } }");
        yield return Case("process-wide settings", "the ids of traces", "Activity.TraceIdGenerator = () => { Hits++; return ActivityTraceId.CreateRandom(); };");
        yield return Case("process-wide settings", "the propagation of traces", "DistributedContextPropagator.Current = new Propagator();",
            """
            sealed class Propagator : DistributedContextPropagator
            {
                public override IReadOnlyCollection<string> Fields => [];
                public override void Inject(Activity activity, object carrier, PropagatorSetterCallback setter) { }
                public override void ExtractTraceIdAndState(object carrier, PropagatorGetterCallback getter, out string id, out string state) => id = state = null;
                public override IEnumerable<KeyValuePair<string, string>> ExtractBaggage(object carrier, PropagatorGetterCallback getter) => [];
            }
            """);
        yield return Case("process-wide settings", "the culture of new threads", "System.Globalization.CultureInfo.DefaultThreadCurrentCulture = new Culture();",
            "sealed class Culture : System.Globalization.CultureInfo { public Culture() : base(\"de\") { } }");
        yield return Case("process-wide settings", "the principal of new threads", "AppDomain.CurrentDomain.SetThreadPrincipal(new Principal());", "sealed class Principal : System.Security.Claims.ClaimsPrincipal { }");
        yield return Case("process-wide settings", "the choice of principals", "System.Security.Claims.ClaimsPrincipal.ClaimsPrincipalSelector = () => null; System.Security.Claims.ClaimsPrincipal.PrimaryIdentitySelector = _ => null;");
        yield return Case("process-wide settings", "the context of licences", "System.ComponentModel.LicenseManager.CurrentContext = new Licences();", "sealed class Licences : System.ComponentModel.LicenseContext { }");
        yield return Case("native library resolvers", "native libraries of the host's", "NativeLibrary.SetDllImportResolver(typeof(CloudSage.IntegrationTests.Unloading.HostBoard).Assembly, (_, _, _) => default);");
        yield return Case("meters", "a meter of its own type", "new Own();", "sealed class Own : Meter { public Own() : base(\"visitor\") { } }");
        yield return Case("meters", "a meter of its own scope", "new Meter(new MeterOptions(\"visitor\") { Scope = new Entry() }).CreateCounter<int>(\"seats\");", "sealed class Entry { }");
        yield return Case("meters", "a meter with tags of its own", "new Meter(\"visitor\", \"1\", [new(\"entry\", new Entry())]);", "sealed class Entry { }");
        yield return Case("metric instruments", "a counter with tags of its own", "new Meter(\"visitor\").CreateCounter<int>(\"seats\", null, null, [new(\"entry\", new Entry())]);", "sealed class Entry { }");
        yield return Case("activity sources", "an activity source with tags of its own", "new ActivitySource(\"visitor\", \"1\", [new(\"entry\", new Entry())]);", "sealed class Entry { }");
        yield return Case("handlers of its own load context", "resolution in its own context", "AssemblyLoadContext.GetLoadContext(typeof(Visit).Assembly).Resolving += (_, _) => null;");
        yield return Case("handlers of its own load context", "native resolution in its own context, and its unload",
            "var c = AssemblyLoadContext.GetLoadContext(typeof(Visit).Assembly); c.ResolvingUnmanagedDll += (_, _) => default; c.Unloading += _ => Hits++;");
        yield return Case("event counters", "an event counter that is watched", "Kept = new Source();",
            """
            [EventSource(Name = "CloudSage-Visitor")]
            sealed class Source : EventSource { readonly PollingCounter seats; public Source() => seats = new PollingCounter("seats", this, () => 1.0); }
            """);
        yield return Case("handlers of the runtime's events", "type descriptions that are refreshed", "System.ComponentModel.TypeDescriptor.Refreshed += _ => Hits++;");
    }

    private static string With(string wait) => $"async Task Loop() {{ while (true) {{ await {wait}; Hits++; }} }}";

    private static TestCaseData Case(string cause, string name, string run, string types = "") 
        => new TestCaseData(cause, run.Replace("DAY", "TimeSpan.FromDays(1)", StringComparison.Ordinal), types).SetArgDisplayNames(name);
}
