using System.Diagnostics.Metrics;
using CloudSage.PluginHost.Brokering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Brokering;

/// <summary>What the tests' plugins serve.</summary>
internal interface IProbe
{
    ValueTask<string> AskAsync(string question, CancellationToken cancellationToken);

    IAsyncEnumerable<int> CountAsync(CancellationToken cancellationToken);
}

/// <summary>A plugin that does what the test says.</summary>
internal sealed class Probe : IProbe
{
    public Func<CancellationToken, ValueTask<string>> Ask { get; init; } = static _ => ValueTask.FromResult("answer");

    public Func<CancellationToken, IAsyncEnumerable<int>> Count { get; init; } = static _ => AsyncEnumerable.Empty<int>();

    public ValueTask<string> AskAsync(string question, CancellationToken cancellationToken) => Ask(cancellationToken);

    public IAsyncEnumerable<int> CountAsync(CancellationToken cancellationToken) => Count(cancellationToken);
}

/// <summary>The real broker, with the test's clock and objects of the test as plugins.</summary>
internal sealed class BrokerRig : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly BrokerTelemetry _telemetry;

    public BrokerRig(BrokerOptions? options = null)
    {
        Options = options ?? new BrokerOptions();
        _telemetry = new BrokerTelemetry(_services.GetRequiredService<IMeterFactory>());
        Wheel = new DeadlineWheel(Clock);
        Broker = new ExtensionBroker(Directory, Microsoft.Extensions.Options.Options.Create(Options), _telemetry, Wheel);
    }

    public FakeTimeProvider Clock { get; } = new();

    public BrokerOptions Options { get; }

    public ExtensionDirectory Directory { get; } = new();

    public DeadlineWheel Wheel { get; }

    public ExtensionBroker Broker { get; }

    public ExtensionTarget Serve(Probe plugin, string name = "p", string version = "1.0.0")
    {
        var target = Target(plugin, name, version);
        Directory.Swap(new ExtensionTable([.. Directory.Current.Targets.Where(t => t.Plugin != name), target]));
        return target;
    }

    public ExtensionTarget Target(Probe plugin, string name = "p", string version = "1.0.0", int priority = 0)
        => new(name, version, plugin, [new ExtensionRegistration(typeof(IProbe), "Probe", priority)], new CircuitBreaker(Options, Clock));

    public ValueTask<CallOutcome<string>> AskAsync(CallOptions? options = null, CancellationToken cancellationToken = default)
        => Broker.InvokeAsync<IProbe, string, string>("p", "?", static (p, question, token) => p.AskAsync(question, token), options, cancellationToken);

    public PluginStream<int> Count(CallOptions? options = null)
        => Broker.Stream<IProbe, string, int>("p", "", static (p, _, token) => p.CountAsync(token), options);

    public void Dispose()
    {
        Wheel.Dispose();
        _telemetry.Dispose();
        _services.Dispose();
    }
}
