using System.Collections.Concurrent;
using CloudSage.Fixtures.Embedder;
using CloudSage.PluginHost.Brokering;
using CloudSage.PluginHost.Hosting;
using CloudSage.Plugins.Commands;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudSage.IntegrationTests.Harness;

/// <summary>A real host on real folders. At its end it asserts that no plugin is left in memory, unless the test says so.</summary>
internal sealed class PluginHostFixture : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly Workspace _workspace;
    private readonly CancellationTokenSource _watching = new();
    private readonly ConcurrentQueue<PluginEvent> _events = new();
    private readonly Task _collecting;
    private bool _stopped;

    private PluginHostFixture(IHost host, Workspace workspace, CapturedLogs logs, Gate gate)
    {
        (_host, _workspace, Logs, Gate) = (host, workspace, logs, gate);
        _collecting = CollectAsync(Plugins.WatchAsync(_watching.Token));
    }

    public IServiceProvider Services => _host.Services;

    public IPluginHost Plugins => Services.GetRequiredService<IPluginHost>();

    public IExtensionBroker Broker => Services.GetRequiredService<IExtensionBroker>();

    public CapturedLogs Logs { get; }

    /// <summary>Where plugins say how far they are, and are held.</summary>
    public Gate Gate { get; }

    public IReadOnlyList<PluginEvent> Events => [.. _events];

    /// <summary>Set by a test whose plugin stays in memory on purpose.</summary>
    public bool LeavesPluginsInMemory { get; set; }

    /// <summary>Starts a host on the folders of a workspace.</summary>
    public static async Task<PluginHostFixture> StartAsync(
        Workspace workspace, Action<PluginHostOptions>? options = null, Action<HostApplicationBuilder>? host = null)
    {
        var logs = new CapturedLogs();
        var gate = new Gate();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = workspace.Root, DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(logs);
        builder.Services.AddSingleton<IGate>(gate);
        builder.Services.AddPluginHost(o => Defaults(o, workspace));
        if (options is not null) builder.Services.Configure(options);
        host?.Invoke(builder);
        var fixture = new PluginHostFixture(builder.Build(), workspace, logs, gate);
        await fixture._host.StartAsync();
        return fixture;
    }

    public PluginStatus? Find(string plugin) => Plugins.Find(plugin);

    /// <summary>Looks at the folders now and waits until everything was acted on.</summary>
    public Task SynchronizeAsync() => Plugins.SynchronizeAsync(CancellationToken.None).WaitAsync(Eventually.Deadline);

    public Task<PluginStatus> BecomesAsync(string plugin, PluginState state, string? version = null) => Eventually.FindAsync(
        () => Find(plugin) is { } status && status.State == state && (version is null || status.Version == version) ? status : null,
        $"{plugin} {version} becomes {state}", Describe);

    public Task<PluginEvent> HappensAsync(PluginEventKind kind, string plugin, string? version = null) => Eventually.FindAsync(
        () => _events.FirstOrDefault(e => e.Kind == kind && e.Plugin == plugin && (version is null || e.Version == version)),
        $"the event {kind} of {plugin} {version}", Describe);

    public int Count(PluginEventKind kind, string? plugin = null) => _events.Count(e => e.Kind == kind && (plugin is null || e.Plugin == plugin));

    /// <summary>Calls a plugin's command handler. What comes back is text, so that no test holds anything of a plugin's.</summary>
    public async Task<CallOutcome<string>> CallAsync(
        string plugin, string command = "run", CallOptions? options = null, IReadOnlyDictionary<string, string>? input = null, CancellationToken cancellationToken = default)
    {
        var request = new CommandRequest
        {
            ExecutionId = "test",
            Command = command,
            Trigger = new CommandTrigger(TriggerKind.Manual),
            DueAt = DateTimeOffset.UnixEpoch,
            Input = input ?? new Dictionary<string, string>(),
        };
        var outcome = await Broker.InvokeAsync<ICommandHandler, CommandRequest, CommandResult>(
            plugin, request, static (handler, argument, token) => handler.ExecuteAsync(argument, token), options, cancellationToken);
        return new CallOutcome<string>(outcome.Plugin, outcome.Version, outcome.Status, outcome.Value?.Message, outcome.Fault);
    }

    /// <summary>Calls a plugin that must answer.</summary>
    public async Task<string?> AskAsync(string plugin, string command = "run", params (string Key, string Value)[] input)
    {
        var outcome = await CallAsync(plugin, command, input: input.ToDictionary(static i => i.Key, static i => i.Value));
        outcome.Succeeded.Should().BeTrue("{0} must answer, but: {1}{2}", plugin, outcome.Fault, Describe());
        return outcome.Value;
    }

    /// <summary>What is there and what happened, for the messages of failures.</summary>
    public string Describe() => string.Join(Environment.NewLine,
        Plugins.Plugins.Select(static p => $"{p.Name} {p.Version} {p.State} {string.Join(" | ", p.Findings)} {p.LastFault}")
            .Concat(_events.TakeLast(30).Select(static e => e.ToString()))
            .Concat(Logs.Entries.TakeLast(30).Select(static l => l.ToString())));

    public async Task StopAsync()
    {
        if (_stopped) return;
        _stopped = true;
        await _host.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Gate.Dispose();
        await StopAsync();
        await _watching.CancelAsync();
        await _collecting;
        _watching.Dispose();
        _host.Dispose();
        if (!LeavesPluginsInMemory) await PluginMemory.NothingLeftOfAsync(_workspace.Store);
    }

    private static void Defaults(PluginHostOptions options, Workspace workspace)
    {
        options.Discovery.Directories.Add(workspace.Plugins.Path);
        options.Discovery.SettleWindow = TimeSpan.FromMilliseconds(50);
        options.Discovery.IncompleteGrace = TimeSpan.FromMilliseconds(400);
        options.Lifecycle.RemovalGrace = TimeSpan.FromMilliseconds(200);
        options.Staging.StoreDirectory = workspace.Store;
        options.Lifecycle.StateDirectory = workspace.State;
        options.Activation.DataDirectory = workspace.Data;
        options.Share(typeof(Answer).Assembly).Forward<IGate>();
    }

    private async Task CollectAsync(IAsyncEnumerable<PluginEvent> events)
    {
        try
        {
            await foreach (var happened in events) _events.Enqueue(happened);
        }
        catch (OperationCanceledException) when (_watching.IsCancellationRequested)
        {
            // The end of the subscription.
        }
    }
}
