using CloudSage.PluginHost;
using CloudSage.PluginHost.Brokering;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Triggers;
using CloudSage.Plugins.Commands;

namespace CloudSage.Plugins.Testing;

/// <summary>
/// Hosts one built plugin for a test, with folders of its own. The plugin walks the whole path of production: manifest, staging, verification,
/// permissions, a load context and a container of its own. What is refused here is refused there.
/// </summary>
public sealed class PluginTestHost : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly TestFolder _folder = new();
    private readonly PluginTestOptions _options;
    private readonly RecordedLog _log;
    private readonly TestServices _services;
    private IReadOnlyList<string> _entries;

    private PluginTestHost(PluginFiles plugin, IReadOnlyList<PluginFiles> neighbours, PluginTestOptions options)
    {
        (_options, _log) = (options, new RecordedLog(options.LogTarget));
        Name = PluginValidation.NameOf(plugin.Location, host => options.HostChanges.ForEach(change => change(host))) ?? plugin.EntryName;
        foreach (var neighbour in neighbours) _folder.Drop(neighbour, []);
        _entries = _folder.Drop(plugin, []);
        _services = new TestServices(options, _folder, _log, Name);
    }

    /// <summary>The plugin's name, or that of its folder or file where the manifest cannot be read.</summary>
    public string Name { get; }

    /// <summary>How the plugin is: version, state, findings, what it serves and may do.</summary>
    /// <exception cref="InvalidOperationException">The host knows it no more.</exception>
    public PluginStatus Status => Plugins.Find(Name) ?? throw new InvalidOperationException($"The host does not know {Name} any more.");

    /// <summary>Everything that was logged so far, by the plugin and by the host.</summary>
    public IReadOnlyList<LogLine> Log => _log.Lines;

    /// <summary>The host, for what is not here.</summary>
    public IPluginHost Plugins => _services.Get<IPluginHost>();

    /// <summary>Calls plugins, for what is not here.</summary>
    public IExtensionBroker Broker => _services.Get<IExtensionBroker>();

    /// <summary>Events, for plugins that are triggered by them.</summary>
    public IEventBus Events => _services.Get<IEventBus>();

    private IPluginRunner Runner => _services.Get<IPluginRunner>();

    /// <summary>A service of the host's; null where it has none of that kind.</summary>
    internal T? Service<T>() where T : class => _services.Find<T>();

    /// <summary>Hosts a plugin and waits until it is active.</summary>
    /// <param name="plugin">Its folder, as built or published, or its DLL.</param>
    /// <param name="configure">What it is tested with: settings, permissions, services.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The host; dispose it at the end of the test.</returns>
    /// <exception cref="PluginRefusedException">The host does not use the plugin; the message says why.</exception>
    /// <exception cref="FileNotFoundException">There is nothing at the path.</exception>
    public static async Task<PluginTestHost> StartAsync(
        string plugin, Action<PluginTestOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var options = new PluginTestOptions();
        configure?.Invoke(options);
        var host = new PluginTestHost(new PluginFiles(plugin), [.. options.Neighbours.Select(static n => new PluginFiles(n))], options);
        try
        {
            await host._services.StartAsync(cancellationToken).ConfigureAwait(false);
            await host.Plugins.SynchronizeAsync(cancellationToken).ConfigureAwait(false);
            var status = host.Plugins.Find(host.Name);
            return status is { State: PluginState.Active } ? host : throw new PluginRefusedException(host.Name, status, host.Log);
        }
        catch
        {
            // Whatever it was: nothing of the host may stay behind.
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Calls the plugin, which must answer.</summary>
    /// <typeparam name="TExtension">The extension point.</typeparam>
    /// <typeparam name="TResult">What it answers with; never a type of the plugin's own.</typeparam>
    /// <param name="call">The call. Keep nothing of the plugin: it would stay in memory.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="PluginCallFailedException">The plugin threw, was late, or was not there.</exception>
    public async Task<TResult> InvokeAsync<TExtension, TResult>(
        Func<TExtension, CancellationToken, ValueTask<TResult>> call, CancellationToken cancellationToken = default) where TExtension : class
    {
        var outcome = await TryInvokeAsync(call, cancellationToken).ConfigureAwait(false);
        return outcome.Succeeded ? outcome.Value! : throw new PluginCallFailedException(Name, outcome.Status, outcome.Fault);
    }

    /// <summary>Calls the plugin, for tests of what goes wrong.</summary>
    /// <typeparam name="TExtension">The extension point.</typeparam>
    /// <typeparam name="TResult">What it answers with; never a type of the plugin's own.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    /// <returns>What came of it.</returns>
    public ValueTask<CallOutcome<TResult>> TryInvokeAsync<TExtension, TResult>(
        Func<TExtension, CancellationToken, ValueTask<TResult>> call, CancellationToken cancellationToken = default) where TExtension : class
        => Broker.InvokeAsync<TExtension, Func<TExtension, CancellationToken, ValueTask<TResult>>, TResult>(
            Name, call, static (plugin, call, token) => call(plugin, token), options: null, cancellationToken);

    /// <summary>Calls the plugin and reads the stream that it answers with to its end.</summary>
    /// <typeparam name="TExtension">The extension point.</typeparam>
    /// <typeparam name="TItem">The items; never of a type of the plugin's own.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    /// <returns>The items.</returns>
    /// <exception cref="PluginCallFailedException">The plugin threw, was late, or was not there.</exception>
    public async Task<IReadOnlyList<TItem>> StreamAsync<TExtension, TItem>(
        Func<TExtension, CancellationToken, IAsyncEnumerable<TItem>> call, CancellationToken cancellationToken = default) where TExtension : class
    {
        var stream = Broker.Stream<TExtension, Func<TExtension, CancellationToken, IAsyncEnumerable<TItem>>, TItem>(
            Name, call, static (plugin, call, token) => call(plugin, token));
        List<TItem> items = [];
        await foreach (var item in stream.WithCancellation(cancellationToken).ConfigureAwait(false)) items.Add(item);
        cancellationToken.ThrowIfCancellationRequested();
        return stream.Outcome is { Succeeded: false } failed ? throw new PluginCallFailedException(Name, failed.Status, failed.Fault) : items;
    }

    /// <summary>Runs the plugin once, as an operator does by hand.</summary>
    /// <param name="command">The command; null takes the one of the manifest's manual trigger.</param>
    /// <param name="input">Parameters, by name.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>What came of it, failures too.</returns>
    public Task<PluginRunResult> RunAsync(
        string? command = null, IReadOnlyDictionary<string, string>? input = null, CancellationToken cancellationToken = default)
        => Runner.RunAsync(Name, new PluginRunRequest { Command = command, Input = input ?? new Dictionary<string, string>() }, cancellationToken);

    /// <summary>Waits until a schedule, an event or an alert has run the plugin.</summary>
    /// <param name="trigger">What makes it run.</param>
    /// <param name="times">How often it has run by then.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <returns>The latest of the runs.</returns>
    /// <exception cref="TimeoutException">It did not run in time: see <see cref="PluginTestOptions.WaitFor"/>.</exception>
    public async Task<PluginRunResult> WaitForRunAsync(TriggerKind trigger, int times = 1, CancellationToken cancellationToken = default)
    {
        using var limit = new CancellationTokenSource(_options.Patience, TimeProvider.System);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var timer = new PeriodicTimer(Pause, TimeProvider.System);
        try
        {
            while (true)
            {
                var runs = Runner.RecentRuns.Where(r => r.Plugin == Name && r.Trigger.Kind == trigger).ToList();
                if (runs.Count >= times) return runs[0];
                await timer.WaitForNextTickAsync(patience.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The limit: said in words, with what did run.
            var runs = string.Join(", ", Runner.RecentRuns.Select(static r => $"{r.Plugin} by {r.Trigger.Kind}: {r.Status}"));
            throw new TimeoutException($"{Name} was not run {times} time(s) by {trigger} within {_options.Patience}. Runs: {(runs.Length == 0 ? "none" : runs)}.");
        }
    }

    /// <summary>Drops another version in the place of this one, and waits until it serves and it is known whether the old one left memory.</summary>
    /// <param name="plugin">The other version's folder, or its DLL.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <returns>What became of the old version.</returns>
    /// <exception cref="PluginRefusedException">The new version is refused or fails to start; the old one goes on serving.</exception>
    public async Task<UnloadVerdict> UpgradeAsync(string plugin, CancellationToken cancellationToken = default)
    {
        var files = new PluginFiles(plugin);
        var before = Status.Hash;
        var verdict = await Plugins.VerdictAfterAsync(Name, async token =>
        {
            _entries = _folder.Drop(files, replaces: _entries);
            await Plugins.SynchronizeAsync(token).ConfigureAwait(false);
            return Status.Hash != before && Status.State == PluginState.Active;
        }, cancellationToken).ConfigureAwait(false);
        return verdict ?? throw new PluginRefusedException(Name, Status, Log);
    }

    /// <summary>Takes the plugin out of service and waits until it is known whether it left memory.</summary>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <returns>The verdict. Once the plugin is out of service, always the last one.</returns>
    public async Task<UnloadVerdict> UnloadAsync(CancellationToken cancellationToken = default)
        => await Plugins.UnloadAsync(Name, cancellationToken).ConfigureAwait(false)
            ?? Status.LastUnload ?? throw new InvalidOperationException($"{Name} does not serve, so it cannot be unloaded: it is {Status.State}.");

    /// <summary>Unloads the plugin; it must leave memory, and so must every version of it that was upgraded before.</summary>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <returns>The verdict, with what the host had to take back for it.</returns>
    /// <exception cref="PluginStillInMemoryException">It is still in memory; the message says what runs of it, or what holds it.</exception>
    public async Task<UnloadVerdict> AssertUnloadsAsync(CancellationToken cancellationToken = default)
    {
        var verdict = await UnloadAsync(cancellationToken).ConfigureAwait(false);
        var lingering = Status.Lingering;
        if (verdict.Collected && lingering.Count == 0) return verdict;
        throw new PluginStillInMemoryException(verdict, lingering, await Plugins.DiagnoseAsync(Name, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// Unloads the plugin; it must leave memory by itself: the host must have nothing to take back. The strictest test, for plugins that are to
    /// leave in every host.
    /// </summary>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <returns>The verdict.</returns>
    /// <exception cref="PluginStillInMemoryException">It is still in memory.</exception>
    /// <exception cref="PluginLeftRemainsException">It left something in the process; the message says what.</exception>
    public async Task<UnloadVerdict> AssertLeavesNothingAsync(CancellationToken cancellationToken = default)
    {
        var verdict = await AssertUnloadsAsync(cancellationToken).ConfigureAwait(false);
        return verdict.Evicted.Count == 0 ? verdict : throw new PluginLeftRemainsException(verdict);
    }

    /// <summary>Stops the host and deletes its folders.</summary>
    /// <returns>A task that ends when that is done.</returns>
    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync().ConfigureAwait(false);
        _folder.Dispose();
    }
}
