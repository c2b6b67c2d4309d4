using System.Collections.Concurrent;
using CloudSage.PluginHost.Services;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.IntegrationTests.Operation;

/// <summary>What a host serves is known to registries, whatever they do.</summary>
internal sealed class ServiceRegistryTests : HostTests
{
    private const string Name = "listed";

    private static readonly PluginSource First = new(Name) { Execute = "if (request.Input.ContainsKey(\"fail\")) throw new InvalidOperationException(\"no\"); return new CommandResult(true, CodeVersion);" };

    private string File => Path.Combine(Place.State, "services.json");

    [Test]
    public async Task A_plugin_is_known_from_its_start_through_upgrades_and_faults_to_its_removal()
    {
        var registry = new Registry();
        Plugins.Add(First);
        await using var host = await StartAsync(
            static o => { o.Registration.Environment = "staging"; o.Broker.FaultThreshold = 2; }, builder => builder.Services.AddSingleton<IServiceRegistry>(registry));
        var entry = (await registry.BecomesAsync(static e => e?.Version == "1.0.0"))!;
        entry.Should().BeEquivalentTo(new { Type = "integration", ExtensionPoints = new[] { "CommandHandler" }, Endpoints = new[] { "inproc://listed/CommandHandler" } });
        entry.Hash.Should().Be(host.Find(Name)!.Hash);
        entry.Health.State.Should().Be(ServiceHealthState.Healthy);
        registry.Known[^1].Host.Should().BeEquivalentTo(new { Environment = "staging", ProcessId = Environment.ProcessId, Machine = Environment.MachineName });

        var from = registry.Known.Count;
        foreach (var version in new[] { "1.1.0", "1.2.0", "1.3.0" })
        {
            Plugins.Swap((First with { Version = version }).Build());
            await registry.BecomesAsync(e => e?.Version == version);
        }

        await Eventually.TrueAsync(() => host.Count(PluginEventKind.Collected) == 3, "the old versions are gone", host.Describe);
        registry.Known.Skip(from).Should().OnlyContain(static k => k.Services.Count(static s => s.Name == Name) == 1, "it is there once in every moment of an upgrade");

        for (var i = 0; i < 2; i++) await host.CallAsync(Name, input: new Dictionary<string, string> { ["fail"] = "1" });
        (await registry.BecomesAsync(static e => e?.Health.State == ServiceHealthState.Unhealthy))!.Version.Should().Be("1.3.0");

        Plugins.Delete(Name);
        await registry.BecomesAsync(static e => e is null);
        await host.StopAsync();
        registry.Withdrawn.Should().Be(registry.Known[^1].Host.Instance);
    }

    [Test]
    public async Task A_registry_that_throws_and_one_that_hangs_hinder_neither_plugins_nor_other_registries_nor_the_stop()
    {
        var sound = new Registry();
        var throwing = new Registry { Working = static () => throw new InvalidOperationException("no") };
        var hanging = new Registry { Working = static () => Task.Delay(Timeout.InfiniteTimeSpan) };
        await using var running = await StartAsync(static o => o.Services.Deadline = TimeSpan.FromMilliseconds(200), builder => builder.Services
            .AddSingleton<IServiceRegistry>(throwing).AddSingleton<IServiceRegistry>(hanging).AddSingleton<IServiceRegistry>(sound));
        Plugins.Add(First);
        await sound.BecomesAsync(static e => e?.Version == "1.0.0");
        (await running.AskAsync(Name)).Should().Be("1.0.0");
        await Eventually.TrueAsync(() => running.Logs.Entries.Count(static l => l.Message.Contains("CSG2201", StringComparison.Ordinal)) == 2, "both failures are said once", running.Describe);
        running.Services.GetRequiredService<MemoryServiceRegistry>().Current!.Services.Should().ContainSingle().Which.Name.Should().Be(Name);

        await running.StopAsync().WaitAsync(Eventually.Deadline);
        sound.Withdrawn.Should().NotBeNull();
        running.Services.GetRequiredService<MemoryServiceRegistry>().Current.Should().BeNull();
    }

    [Test]
    public async Task The_file_is_there_while_the_host_runs_and_gone_when_it_has_stopped()
    {
        Plugins.Add(First);
        await using var host = await StartAsync(static o => o.Services.Registry = ServiceRegistryKind.File);
        var read = await Eventually.FindAsync(() => FileServiceRegistry.Read(File) is { Services.Count: 1 } found ? found : null, "the plugin is in the file", host.Describe);
        read.Services[0].Should().BeEquivalentTo(new { Name, Version = "1.0.0" });
        read.IsCurrent(DateTimeOffset.UtcNow).Should().BeTrue();
        await host.StopAsync();
        System.IO.File.Exists(File).Should().BeFalse();
    }

    [Test]
    public async Task Whoever_wants_no_registry_has_none()
    {
        Plugins.Add(First);
        await using var host = await StartAsync(static o => o.Services.Registry = ServiceRegistryKind.None);
        await host.BecomesAsync(Name, PluginState.Active);
        host.Services.GetRequiredService<MemoryServiceRegistry>().Current.Should().BeNull();
    }

    private sealed class Registry : IServiceRegistry
    {
        private readonly ConcurrentQueue<HostServices> _known = new();

        public IReadOnlyList<HostServices> Known => [.. _known];

        public string? Withdrawn { get; private set; }

        public Func<Task> Working { get; init; } = static () => Task.CompletedTask;

        public async Task PublishAsync(HostServices services, CancellationToken cancellationToken)
        {
            await Working();
            _known.Enqueue(services);
        }

        public async Task WithdrawAsync(ServiceHost host, CancellationToken cancellationToken)
        {
            await Working();
            Withdrawn = host.Instance;
        }

        /// <summary>Waits until what is known of the plugin is as wanted: null where it is not there.</summary>
        public async Task<ServiceEntry?> BecomesAsync(Func<ServiceEntry?, bool> wanted)
        {
            ServiceEntry? entry = null;
            await Eventually.TrueAsync(() => Known is [.., var last] && wanted(entry = last.Services.FirstOrDefault(static s => s.Name == Name)), "the registry is told", () => string.Join('\n', Known));
            return entry;
        }
    }
}
