using System.Diagnostics.Metrics;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Unloading;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace CloudSage.IntegrationTests.Unloading;

/// <summary>What plugins leave to the host ends with them. The host's assistance is off: nothing but what the plugin was given frees it.</summary>
internal sealed class PluginScopeTests : HostTests
{
    private const string Name = "tidy";

    [Test]
    public async Task What_was_registered_is_disposed_after_the_stop_in_reverse_whatever_fails()
    {
        Plugins.Add(Plugin("""
            foreach (var name in (string[])["first", "bad", "last"]) context.RegisterForDisposal(new Resource(gate, name));
            context.RegisterForDisposal(new AsyncResource(gate));
            context.RegisterForDisposal(new MemoryStream());
            """) with { Stop = """gate.Reach("stopped");""", Dispose = """gate.Reach("entry disposed"); context.RegisterForDisposal(new Resource(gate, "late"));""" });
        await using var host = await StartAsync(Unassisted);

        Plugins.Delete(Name);

        await host.HappensAsync(PluginEventKind.Collected, Name);
        host.Gate.Reached.Should().Equal("stopped", "async disposed", "last disposed", "bad disposed", "first disposed", "entry disposed", "late disposed");
        host.Logs.Entries.Should().ContainSingle(static l => l.EventId == 1602 && l.Message.Contains("the disposal of Resource: System.InvalidOperationException: bad", StringComparison.Ordinal));
    }

    [Test]
    public async Task Background_work_is_told_and_awaited_before_anything_is_disposed()
    {
        Plugins.Add(Plugin("""
            context.RunInBackground("work", async token =>
            {
                gate.Reach("works");
                try { await Task.Delay(Timeout.Infinite, token); }
                finally { await Task.Yield(); gate.Reach("work ended"); }
            });
            """) with { Dispose = """gate.Reach("disposed");""" });
        await using var host = await StartAsync(Unassisted);
        await host.Gate.ReachedAsync("works");

        Plugins.Delete(Name);

        await host.HappensAsync(PluginEventKind.Collected, Name);
        host.Gate.Reached.Should().Equal("works", "work ended", "disposed");
        host.Logs.Entries.Should().NotContain(static l => l.EventId == 1601 || l.EventId == 1603);
    }

    [Test]
    public async Task Background_work_that_fails_is_logged_shown_and_degrades_the_health_and_the_plugin_serves_on()
    {
        Plugins.Add(Plugin("""context.RunInBackground("price list", async _ => { await Task.Yield(); throw new InvalidOperationException("no prices"); });"""));
        await using var host = await StartAsync(Unassisted, static b => b.Services.AddHealthChecks().AddPluginHost());

        await Eventually.TrueAsync(() => host.Find(Name)?.LastFault is not null, "the failure is shown", host.Describe);

        host.Find(Name)!.LastFault.Should().BeEquivalentTo(new { Code = "CSG1611", ExceptionType = "System.InvalidOperationException", Message = "In 'price list': no prices" });
        await Eventually.TrueAsync(() => host.Logs.Entries.Any(static l => l.EventId == 1603 && l.Message.Contains("'price list'", StringComparison.Ordinal)), "it is logged");
        var health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        health.Entries.Values.Single().Data[Name].Should().BeOfType<string>().Which.Should().Contain("price list").And.Contain("no prices");
        (await host.AskAsync(Name)).Should().Be("1.0.0");
        Plugins.Delete(Name);
        await host.HappensAsync(PluginEventKind.Collected, Name);
    }

    [Test]
    public async Task A_timer_ticks_on_after_a_failure_and_ends_with_the_plugin()
    {
        Plugins.Add(Plugin("""
            var ticks = 0;
            context.StartTimer("beat", TimeSpan.FromMilliseconds(1), _ =>
            {
                gate.Reach("tick");
                return ++ticks == 1 ? throw new InvalidOperationException("first") : Task.CompletedTask;
            });
            """));
        await using var host = await StartAsync(Unassisted);
        await host.Gate.ReachedAsync("tick", times: 3);
        host.Find(Name)!.LastFault!.Message.Should().Be("In 'beat': first");

        Plugins.Delete(Name);

        await host.HappensAsync(PluginEventKind.Collected, Name);
    }

    [TestCase("_ = clock.CreateTimer(_ => { }, this, TimeSpan.FromHours(1), TimeSpan.FromHours(1));", TestName = "A_timer_of_the_plugins_clock_that_is_left_running_ends_with_it")]
    [TestCase("_ = Ticking(clock);", TestName = "A_periodic_timer_of_the_plugins_clock_that_is_left_running_ends_with_it")]
    [TestCase("_ = Waiting(clock);", TestName = "A_delay_of_the_plugins_clock_that_is_left_running_ends_with_it")]
    [TestCase("new CancellationTokenSource(TimeSpan.FromHours(1), clock).Token.Register(() => gate.Reach(\"cancelled\"));", TestName = "A_delayed_cancellation_of_the_plugins_clock_that_is_left_running_ends_with_it")]
    [TestCase("_ = new TaskCompletionSource().Task.WaitAsync(TimeSpan.FromHours(1), clock).ContinueWith(t => gate.Reach(\"gave up\"));", TestName = "A_timed_wait_of_the_plugins_clock_that_is_left_running_ends_with_it")]
    [TestCase("var meter = System.Diagnostics.Metrics.MeterFactoryExtensions.Create(meters, \"Contoso.Tidy\"); meter.CreateObservableGauge(\"depth\", () => 1);", TestName = "An_observable_instrument_of_the_plugins_meters_that_is_left_ends_with_it")]
    [TestCase("logger.BeginScope(\"left open\"); logger.LogInformation(\"inside\");", TestName = "A_log_scope_that_is_left_open_keeps_nothing")]
    [TestCase("System.Diagnostics.Activity.Current = new System.Diagnostics.Activity(\"left\").Start(); Ambient.Value = this; context.StartTimer(\"t\", TimeSpan.FromHours(1), _ => Task.CompletedTask);", TestName = "Ambient_values_that_are_left_set_keep_nothing")]
    public async Task Leaves(string start)
    {
        Plugins.Add(Plugin(start));
        await using var host = await StartAsync(Unassisted);
        (await host.AskAsync(Name)).Should().Be("1.0.0");

        Plugins.Delete(Name);

        await host.HappensAsync(PluginEventKind.Collected, Name);
        host.Count(PluginEventKind.Quarantined).Should().Be(0);
        host.Gate.Reached.Should().BeEmpty("what was left did not go on");
    }

    [Test]
    public async Task Background_work_that_waits_by_the_plugins_clock_without_a_token_lets_go_at_the_unload()
    {
        Plugins.Add(Plugin("""context.RunInBackground("deaf", async _ => { gate.Reach("waits"); await Task.Delay(TimeSpan.FromHours(1), clock); });"""));
        await using var host = await StartAsync(static o => { Unassisted(o); o.Activation.StopDeadline = TimeSpan.FromMilliseconds(100); });
        await host.Gate.ReachedAsync("waits");

        Plugins.Delete(Name);

        await host.HappensAsync(PluginEventKind.Collected, Name);
        host.Logs.Entries.Should().Contain(static l => l.EventId == 1601 && l.Message.Contains("'deaf'", StringComparison.Ordinal), "it had to be given up");
    }

    [Test]
    public async Task The_plugins_meters_bear_its_name_and_end_with_it_and_AddMetrics_does_not_clash()
    {
        var (seen, ended) = (new TaskCompletionSource<Meter>(), new TaskCompletionSource());
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, me) =>
        {
            if (instrument.Meter.Name != "Contoso.Tidy.Metrics") return;
            me.EnableMeasurementEvents(instrument);
            seen.TrySetResult(instrument.Meter);
        };
        listener.MeasurementsCompleted = (_, _) => ended.TrySetResult();
        listener.Start();
        var metrics = typeof(MetricsServiceExtensions).Assembly.Location;
        var plugin = Plugin("""
            var one = meters.Create(new System.Diagnostics.Metrics.MeterOptions("Contoso.Tidy.Metrics") { Tags = [new("a", 1)] });
            var same = meters.Create(new System.Diagnostics.Metrics.MeterOptions("Contoso.Tidy.Metrics") { Tags = [new("a", 1)] });
            if (!ReferenceEquals(one, same)) throw new InvalidOperationException("not the same");
            one.Dispose();
            same.CreateCounter<int>("beats").Add(1);
            """) with
        {
            References = [MetadataReference.CreateFromFile(metrics)],
            Types = Types + "public sealed class Startup : IPluginStartup { public void ConfigureServices(IServiceCollection services, PluginContext context) => services.AddMetrics(); }",
        };
        Plugins.Add(plugin.Build().With(Path.GetFileName(metrics), File.ReadAllBytes(metrics)));
        await using var host = await StartAsync(Unassisted);

        (await seen.Task.WaitAsync(Eventually.Deadline)).Tags.Should().BeEquivalentTo(
            [KeyValuePair.Create<string, object?>("a", 1), new("plugin.name", Name), new("plugin.version", "1.0.0")]);
        Plugins.Delete(Name);
        await ended.Task.WaitAsync(Eventually.Deadline);
        listener.Dispose();
        await host.HappensAsync(PluginEventKind.Collected, Name);
    }

    [TestCase(true, TestName = "Hosted_services_of_a_plugin_that_brings_their_library_start_and_stop_with_it")]
    [TestCase(false, TestName = "Hosted_services_of_a_plugin_whose_host_shares_their_library_start_and_stop_with_it")]
    public async Task HostedServices(bool brings)
    {
        var hosting = typeof(IHostedService).Assembly.Location;
        var plugin = Plugin("""gate.Reach("plugin starts");""") with
        {
            Stop = """gate.Reach("plugin stops");""",
            Execute = "return new CommandResult(true, System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(typeof(Microsoft.Extensions.Hosting.BackgroundService).Assembly).IsCollectible.ToString());",
            References = [MetadataReference.CreateFromFile(hosting)],
            Types = Types + """
                public sealed class Startup : IPluginStartup
                {
                    public void ConfigureServices(IServiceCollection services, PluginContext context)
                    {
                        services.AddSingleton<Microsoft.Extensions.Hosting.IHostedService, First>();
                        services.AddSingleton<Microsoft.Extensions.Hosting.IHostedService, Poller>();
                    }
                }

                public sealed class First(IGate gate) : Microsoft.Extensions.Hosting.IHostedService
                {
                    public Task StartAsync(CancellationToken cancellationToken) { gate.Reach("first starts"); return Task.CompletedTask; }
                    public Task StopAsync(CancellationToken cancellationToken) { gate.Reach("first stops"); return Task.CompletedTask; }
                }

                public sealed class Poller(IGate gate) : Microsoft.Extensions.Hosting.BackgroundService
                {
                    public override async Task StartAsync(CancellationToken cancellationToken) { gate.Reach("poller starts"); await base.StartAsync(cancellationToken); }
                    public override async Task StopAsync(CancellationToken cancellationToken) { await base.StopAsync(cancellationToken); gate.Reach("poller stops"); }
                    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Delay(Timeout.Infinite, stoppingToken);
                }
                """,
        };
        var files = plugin.Build();
        Plugins.Add(brings ? files.With(Path.GetFileName(hosting), File.ReadAllBytes(hosting)) : files);
        await using var host = await StartAsync(o =>
        {
            Unassisted(o);
            if (!brings) o.Share(typeof(IHostedService).Assembly);
        });
        (await host.AskAsync(Name)).Should().Be(brings.ToString());

        Plugins.Delete(Name);

        await host.HappensAsync(PluginEventKind.Collected, Name);
        host.Gate.Reached.Should().Equal("first starts", "poller starts", "plugin starts", "plugin stops", "poller stops", "first stops");
        host.Logs.Entries.Should().NotContain(static l => l.EventId == 1601 || l.EventId == 1602 || l.EventId == 1603);
    }

    [Test]
    public async Task What_a_plugin_logs_after_its_end_is_dropped()
    {
        Plugins.Add(Plugin("""
            var factory = loggers;
            new Thread(() =>
            {
                logger.LogInformation("while it lives");
                gate.Block("log");
                using (logger.BeginScope("late")) logger.LogInformation("too late");
                factory.CreateLogger("made late").LogInformation("too late");
                gate.Reach("logged");
            }) { IsBackground = true }.Start();
            """));
        await using var host = await StartAsync(Unassisted);
        await host.Gate.ReachedAsync("log");

        Plugins.Delete(Name);
        await host.HappensAsync(PluginEventKind.Removed, Name);
        host.Gate.Open("log");
        await host.Gate.ReachedAsync("logged");

        host.Logs.Entries.Should().Contain(static l => l.Message == "while it lives").And.NotContain(static l => l.Message == "too late");
    }

    private static void Unassisted(PluginHostOptions options) => options.Unloading.Assistance = UnloadAssistance.Off;

    private static PluginSource Plugin(string start) => new(Name)
    {
        Parameters = "PluginContext context, IGate gate, TimeProvider clock, System.Diagnostics.Metrics.IMeterFactory meters, ILogger logger, ILoggerFactory loggers",
        Members = """
            public object[] All => [context, gate, clock, meters, logger, loggers];
            private static readonly AsyncLocal<object> Ambient = new();
            private async Task Ticking(TimeProvider clock) { using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock); while (await timer.WaitForNextTickAsync()) gate.Reach("tick"); }
            private async Task Waiting(TimeProvider clock) { await Task.Delay(TimeSpan.FromHours(1), clock); gate.Reach("waited"); }
            """,
        Start = start,
        Types = Types,
    };

    private const string Types = """
        public sealed class Resource(IGate gate, string name) : IDisposable
        {
            public void Dispose() { gate.Reach(name + " disposed"); if (name == "bad") throw new InvalidOperationException("bad"); }
        }

        public sealed class AsyncResource(IGate gate) : IAsyncDisposable
        {
            public async ValueTask DisposeAsync() { await Task.Yield(); gate.Reach("async disposed"); }
        }

        """;
}
