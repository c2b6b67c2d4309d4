using System.Collections.Concurrent;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Brokering;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Lifecycle;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Runtimes;
using CloudSage.PluginHost.Verification;
using CloudSage.UnitTests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Lifecycle;

/// <summary>
/// The real coordinator with its loop, the test's clock and a runtime on paper. What is in the plugin folder never settles, for the clock stands;
/// the test says what a file was found to be.
/// </summary>
internal sealed class CoordinatorRig : IPluginRuntime, IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ServiceProvider _services;
    private Task _loop = Task.CompletedTask;

    public CoordinatorRig(Action<PluginHostOptions>? configure = null, params IPluginCheck[] checks)
    {
        _folder.Folder("plugins");
        var services = new ServiceCollection();
        foreach (var check in checks) services.AddSingleton(check);
        _services = services
            .AddSingleton<TimeProvider>(Clock)
            .AddLogging(l => l.AddProvider(new FakeLoggerProvider(Log)))
            .AddPluginHost(o =>
            {
                o.Discovery.Directories.Add(_folder.File("plugins"));
                o.Staging.StoreDirectory = _folder.File("store");
                o.Activation.DataDirectory = _folder.File("data");
                o.Lifecycle.StateDirectory = _folder.File("state");
                configure?.Invoke(o);
            })
            .AddSingleton<IPluginRuntime>(this)
            .BuildServiceProvider();
        Events = Host.WatchAsync(CancellationToken.None).GetAsyncEnumerator();
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public FakeLogCollector Log { get; } = new();

    public string Language => "fake";

    public ConcurrentQueue<PluginDescriptor> Started { get; } = new();

    /// <summary>What starting a version comes to.</summary>
    public Func<PluginDescriptor, CancellationToken, Task<RuntimeStart>> Starting { get; set; }
        = static (descriptor, _) => Task.FromResult(new RuntimeStart(new FakeRunning(descriptor), []));

    public IPluginHost Host => Get<IPluginHost>();

    public IAsyncEnumerator<PluginEvent> Events { get; }

    public PluginCoordinator Coordinator => Get<PluginCoordinator>();

    public ExtensionTable Table => Get<ExtensionDirectory>().Current;

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public string File(string relative) => _folder.File(relative);

    public CoordinatorRig Run()
    {
        Coordinator.Load();
        _loop = Task.Run(Coordinator.RunAsync);
        return this;
    }

    /// <summary>A file is in the folder and was found to be this version; waits until that was acted on.</summary>
    public async Task PutAsync(PluginDescriptor version, CancellationToken test)
    {
        _folder.Write($"plugins/{version.Name}.dll", "half a file");
        await Coordinator.ExecuteAsync(_ => { }, rescan: false, test);
        Get<CoordinatorMailbox>().Post(() =>
        {
            var intake = Get<CandidateIntake>();
            intake.Observe(test);
            intake.Candidates.Single(c => c.Name == version.Name).Accepted = new PreparedPlugin(version, default, default, Clock.GetUtcNow());
        });
        await IdleAsync(test);
    }

    /// <summary>Waits until nothing is left to do with what is accepted.</summary>
    public Task<bool> IdleAsync(CancellationToken test) => Coordinator.ExecuteAsync(static _ => { }, rescan: false, test);

    public async Task<PluginEvent> NextAsync(PluginEventKind kind)
    {
        while (await Events.MoveNextAsync())
            if (Events.Current.Kind == kind) return Events.Current;
        throw new InvalidOperationException("The events have ended.");
    }

    public Task<RuntimeStart> StartAsync(PluginDescriptor plugin, CancellationToken cancellationToken)
    {
        Started.Enqueue(plugin);
        return Starting(plugin, cancellationToken);
    }

    public Task StopAsync() => StopByAsync(CancellationToken.None);

    public Task StopByAsync(CancellationToken deadline)
    {
        Coordinator.BeginStop(deadline);
        // A loop that never ends is to fail its test, not to hang the run.
        return _loop.WaitAsync(TimeSpan.FromMinutes(1), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopByAsync(new CancellationToken(canceled: true));
        await Events.DisposeAsync();
        await _services.DisposeAsync();
        _folder.Dispose();
    }
}
