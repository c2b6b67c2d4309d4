using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using CloudSage.PluginHost.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace CloudSage.IntegrationTests.Operation;

/// <summary>What an embedder sees of the host: options, events, status, health, metrics, traces, logs.</summary>
internal sealed class HostSurfaceTests : HostTests
{
    private const string Name = "alpha";

    [Test]
    public async Task Wrong_options_are_all_said_at_the_start()
    {
        var start = async () => await StartAsync(static o =>
        {
            o.Broker.CallDeadline = TimeSpan.Zero;
            o.Lifecycle.MaxParallelStarts = 0;
            o.Discovery.Directories.Add(" ");
        });

        var failures = (await start.Should().ThrowAsync<OptionsValidationException>()).Which.Failures;
        failures.Should().Contain(static f => f.Contains("PluginHost:Broker:CallDeadline"))
            .And.Contain(static f => f.Contains("PluginHost:Lifecycle:MaxParallelStarts"))
            .And.Contain(static f => f.Contains("PluginHost:Discovery:Directories"));
    }

    [Test]
    public async Task Relative_folders_are_below_the_content_root()
    {
        Plugins.Add(new PluginSource(Name));
        await using var host = await StartAsync(static o =>
        {
            o.Discovery.Directories.Clear();
            o.Discovery.Directories.Add("plugins");
            (o.Staging.StoreDirectory, o.Lifecycle.StateDirectory, o.Activation.DataDirectory) = ("store", "state", "data");
        });

        (await host.AskAsync(Name)).Should().Be("1.0.0");
        Directory.Exists(Place.Store).Should().BeTrue();
    }

    [Test]
    public async Task Events_tell_a_plugins_life_in_order_and_without_gaps()
    {
        await using var host = await StartAsync();

        Plugins.Add(new PluginSource(Name));
        await host.HappensAsync(PluginEventKind.Added, Name);
        Plugins.Swap(new PluginSource(Name) { Version = "2.0.0" }.Build());
        await host.HappensAsync(PluginEventKind.Collected, Name, "1.0.0");
        await host.Plugins.DisableAsync(Name, CancellationToken.None);
        await host.HappensAsync(PluginEventKind.Collected, Name, "2.0.0");
        await host.Plugins.EnableAsync(Name, CancellationToken.None);
        Plugins.Delete(Name);
        await Eventually.TrueAsync(() => host.Count(PluginEventKind.Collected) == 3, "everything left", host.Describe);

        host.Events.Select(static e => e.Kind).Should().Equal(
            PluginEventKind.Added, PluginEventKind.Upgraded, PluginEventKind.Collected,
            PluginEventKind.Disabled, PluginEventKind.Removed, PluginEventKind.Collected,
            PluginEventKind.Enabled, PluginEventKind.Added, PluginEventKind.Removed, PluginEventKind.Collected);
        host.Events.Select(static e => e.Sequence).Should().Equal(Enumerable.Range(1, 10).Select(static i => (long)i));
        host.Events.Where(static e => e.Kind is PluginEventKind.Added or PluginEventKind.Upgraded).Should().OnlyContain(static e => e.Elapsed > TimeSpan.Zero);
        host.Find(Name)?.State.Should().Be(PluginState.Unloaded);
    }

    [Test]
    public async Task A_subscriber_that_never_reads_slows_nothing()
    {
        Plugins.Add(new PluginSource(Name));
        await using var host = await StartAsync();
        await using var idle = host.Plugins.WatchAsync(CancellationToken.None).GetAsyncEnumerator();

        // Each is an event of its own; more than a subscription keeps.
        await Task.WhenAll(Enumerable.Range(0, 1_500).Select(_ => host.Plugins.RetryAsync(Name, CancellationToken.None)));

        (await idle.MoveNextAsync()).Should().BeTrue();
        idle.Current.Sequence.Should().BeGreaterThan(2, "the oldest were dropped, and the gap shows");
        (await host.AskAsync(Name)).Should().Be("1.0.0");
    }

    [Test]
    public async Task A_status_says_everything_about_a_running_plugin()
    {
        Plugins.Add(new PluginSource(Name) { Manifest = "permissions: [ReadCostData]" });
        await using var host = await StartAsync(static o => o.Permissions.GrantDeclared = true);
        await host.AskAsync(Name);

        var status = host.Find(Name)!;

        status.Should().BeEquivalentTo(
            new { State = PluginState.Active, Version = "1.0.0", Type = "integration", Source = Plugins.PathOf(Name), FaultCount = 0L, CallCount = 1L, CallsInFlight = 0 });
        status.Hash.Should().MatchRegex("^[0-9a-f]{64}$");
        status.ExtensionPoints.Should().Equal("CommandHandler");
        status.GrantedPermissions.Should().Equal("ReadCostData");
        status.Timings!.Total.Should().BePositive();
        status.ActivatedAt.Should().NotBeNull();
    }

    [Test]
    public async Task The_health_check_is_healthy_degraded_by_trouble_and_names_it()
    {
        Plugins.Add(new PluginSource(Name)
        {
            Execute = "s_healthy = false; return null;",
            Members = "private static volatile bool s_healthy = true;",
            Health = """return s_healthy ? PluginHealth.Healthy : PluginHealth.Unhealthy("out of breath");""",
        });
        await using var host = await StartAsync(host: static b => b.Services.AddHealthChecks().AddPluginHost());
        var health = host.Services.GetRequiredService<HealthCheckService>();
        (await health.CheckHealthAsync()).Status.Should().Be(HealthStatus.Healthy);

        await host.CallAsync(Name);
        Plugins.Add(new PluginSource("broken") { Start = """throw new InvalidOperationException("no way");""" });
        await host.BecomesAsync("broken", PluginState.Faulted);

        var report = await health.CheckHealthAsync();
        report.Status.Should().Be(HealthStatus.Degraded);
        var data = report.Entries["plugin-host"].Data;
        data[Name].ToString().Should().Contain("out of breath");
        data["broken"].ToString().Should().Contain("no way");
    }

    [Test]
    public async Task Metrics_count_calls_events_plugins_and_unloads()
    {
        var seen = new ConcurrentBag<string>();
        Plugins.Add(new PluginSource(Name));
        await using var host = await StartAsync();
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            // Other tests' hosts publish under the same name in this process.
            if (instrument.Meter.Name == PluginHostTelemetry.MeterName && ReferenceEquals(instrument.Meter.Scope, meters)) l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => seen.Add(Text(instrument, tags)));
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => seen.Add(Text(instrument, tags)));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => seen.Add(Text(instrument, tags) + value));
        listener.Start();

        await host.AskAsync(Name);
        listener.RecordObservableInstruments();
        Plugins.Delete(Name);
        await host.HappensAsync(PluginEventKind.Collected, Name);

        seen.Should().Contain("cloudsage.plugins.call.duration plugin.name=alpha plugin.extension_point=ICommandHandler outcome=Succeeded ");
        seen.Should().Contain("cloudsage.plugins.count state=Active 1");
        seen.Should().Contain("cloudsage.plugins.lifecycle.events kind=Removed ");
        seen.Should().Contain("cloudsage.plugins.unloads collected=True ");
    }

    [Test]
    public async Task A_call_is_traced()
    {
        var seen = new ConcurrentBag<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == PluginHostTelemetry.ActivitySourceName,
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = a => seen.Add($"{a.OperationName} {a.GetTagItem("plugin.name")} {a.GetTagItem("plugin.version")} {a.Status}"),
        };
        ActivitySource.AddActivityListener(listener);
        Plugins.Add(new PluginSource("traced") { Execute = """return request.Command == "fail" ? throw new InvalidOperationException("x") : null;""" });
        await using var host = await StartAsync();

        await host.CallAsync("traced");
        await host.CallAsync("traced", "fail");

        seen.Should().Contain(["plugin.call traced 1.0.0 Unset", "plugin.call traced 1.0.0 Error"]);
    }

    [Test]
    public async Task A_plugin_cannot_add_logging_providers_to_its_host()
    {
        Plugins.Add(new PluginSource(Name)
        {
            Parameters = "ILoggerFactory logging",
            Start = "logging.AddProvider(new Provider());",
            Types = "public sealed class Provider : ILoggerProvider { public ILogger CreateLogger(string name) => null; public void Dispose() { } }",
        });
        await using var host = await StartAsync();

        host.Find(Name)!.Findings.Should().Contain(static f => f.Code == "CSG1606" && f.Message.Contains("logging providers"));
        await host.HappensAsync(PluginEventKind.Collected, Name);
    }

    [Test]
    public async Task What_a_plugin_logs_reaches_the_host_as_text_with_its_exception()
    {
        Plugins.Add(new PluginSource(Name)
        {
            Parameters = "ILogger<Plugin> logger",
            Start = """using (logger.BeginScope(new Secret())) logger.LogError(new CustomException("from inside"), "It was {Thing}", new Secret());""",
            Types = """public sealed class Secret { public override string ToString() => "me"; } public sealed class CustomException(string m) : Exception(m);""",
        });
        await using var host = await StartAsync();

        host.Logs.Entries.Should().Contain(static l => l.Message.StartsWith("It was me") && l.Message.Contains("from inside") && l.Exception == null);
    }

    private static string Text(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = instrument.Name + " ";
        foreach (var (key, value) in tags) text += $"{key}={value} ";
        return text;
    }
}
