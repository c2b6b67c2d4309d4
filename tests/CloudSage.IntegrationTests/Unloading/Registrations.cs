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

    private static TestCaseData Case(string cause, string name, string run, string types = "") => new TestCaseData(cause, run, types).SetArgDisplayNames(name);
}
