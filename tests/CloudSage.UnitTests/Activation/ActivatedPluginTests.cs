using CloudSage.PluginHost.Activation;
using CloudSage.PluginHost.Loading;
using CloudSage.Plugins;
using CloudSage.Plugins.Commands;
using CloudSage.UnitTests.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Activation;

[CancelAfter(30_000)]
internal sealed class ActivatedPluginTests
{
    private Trace _trace = null!;

    [SetUp]
    public void SetUp() => _trace = new Trace();

    [TearDown]
    public void TearDown() => _trace.Dispose();

    [Test]
    public async Task A_plugin_is_made_started_stopped_and_disposed_in_this_order(CancellationToken test)
    {
        var activated = Activated();
        await CreateAsync(activated, test);
        await activated.StopAsync(test);
        _trace.Steps.Should().Equal("made", "started", "stopped", "disposed");
        FluentActions.Invoking(() => activated.Entry).Should().Throw<ObjectDisposedException>();
        activated.Scope.Stopping.IsCancellationRequested.Should().BeTrue();
    }

    [Test]
    public async Task A_plugin_that_is_made_too_late_is_disposed_and_never_started(CancellationToken test)
    {
        var activated = Activated();
        _trace.Blocks = true;
        var create = Task.Run(() => CreateAsync(activated, test), test);
        _trace.Entered.Wait(test);
        await activated.StopAsync(test);
        _trace.Release.Set();
        await FluentActions.Awaiting(() => create).Should().ThrowAsync<Exception>();
        _trace.Steps.Should().Contain("disposed").And.NotContain("started");
    }

    private static ActivatedPlugin Activated()
    {
        var options = new ActivationOptions();
        var gate = Gates.Of(FakeRunning.Version("p"), new(), NullLogger.Instance);
        return new ActivatedPlugin(FakeRunning.Version("p"), gate, new PluginLoggerFactory(NullLoggerFactory.Instance), options, new FakeTimeProvider(), NullLogger.Instance);
    }

    private async Task CreateAsync(ActivatedPlugin activated, CancellationToken test)
    {
        var services = new ServiceCollection().AddSingleton(_trace);
        var context = new PluginContext("p", "1.0.0", PluginSettings.Empty, "/", "/", activated.Scope);
        await activated.CreateAsync(new PluginEntry(typeof(Traced), null, []), services, context, test);
    }

    private sealed class Trace : IDisposable
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Steps { get; } = new();

        public ManualResetEventSlim Entered { get; } = new();

        public ManualResetEventSlim Release { get; } = new();

        public bool Blocks { get; set; }

        public void Dispose()
        {
            Entered.Dispose();
            Release.Dispose();
        }
    }

    private sealed class Traced : ICommandHandler, IPluginLifecycle, IDisposable
    {
        private readonly Trace _trace;

        public Traced(Trace trace)
        {
            _trace = trace;
            trace.Steps.Enqueue("made");
            trace.Entered.Set();
            if (trace.Blocks) trace.Release.Wait(CancellationToken.None);
        }

        public ValueTask<CommandResult> ExecuteAsync(CommandRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task StartAsync(CancellationToken cancellationToken) => Step("started");

        public Task StopAsync(CancellationToken cancellationToken) => Step("stopped");

        public void Dispose() => _trace.Steps.Enqueue("disposed");

        private Task Step(string step)
        {
            _trace.Steps.Enqueue(step);
            return Task.CompletedTask;
        }
    }
}
