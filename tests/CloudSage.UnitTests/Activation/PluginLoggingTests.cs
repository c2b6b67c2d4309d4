using CloudSage.PluginHost.Activation;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CloudSage.UnitTests.Activation;

public sealed class PluginLoggingTests
{
    private readonly FakeLogCollector _log = new();
    private RawProvider _raw = null!;
    private ILoggerFactory _host = null!;
    private PluginLoggerFactory _factory = null!;

    [SetUp]
    public void SetUp()
    {
        _log.Clear();
        _raw = new RawProvider();
        _host = LoggerFactory.Create(b => b.SetMinimumLevel(LogLevel.Debug).AddProvider(new FakeLoggerProvider(_log)).AddProvider(_raw));
        _factory = new PluginLoggerFactory(_host);
    }

    [TearDown]
    public void TearDown()
    {
        _factory.Dispose();
        _host.Dispose();
        _raw.Dispose();
    }

    [Test]
    public void What_reaches_the_host_is_text_alone()
    {
        var own = new OwnState();
        _factory.CreateLogger("p").LogWarning(new OwnException(own), "saw {Thing} and {Number}", own, 3);
        var record = _log.LatestRecord;
        record.Exception.Should().BeNull();
        record.Message.Should().StartWith("saw own and 3").And.Contain(nameof(OwnException));
        record.StructuredState.Should().Contain(KeyValuePair.Create<string, string?>("Thing", "own")).And.Contain(KeyValuePair.Create<string, string?>("Number", "3"));
        _raw.States.Should().ContainSingle().Which.Should().BeAssignableTo<IReadOnlyList<KeyValuePair<string, object?>>>()
            .Which.Select(static p => p.Value).Should().AllBeOfType<string>();
    }

    [Test]
    public void A_scope_is_text_too()
    {
        using (_factory.CreateLogger("p").BeginScope(new OwnState()))
            _factory.CreateLogger("p").LogInformation("inside");
        _log.LatestRecord.Scopes.Should().OnlyContain(static s => s is string);
    }

    [Test]
    public void Control_sequences_are_escaped_and_line_breaks_of_a_stack_stay()
    {
        _factory.CreateLogger("p").LogInformation("\u001b[31mred\nnext {Value}", "\u0007");
        _log.LatestRecord.Message.Should().NotContainAny("\u001b", "\u0007").And.Contain("\n").And.Contain("red");
    }

    [Test]
    public void A_closed_factory_drops_what_is_logged()
    {
        var logger = _factory.CreateLogger("p");
        _factory.Dispose();
        logger.LogError("late");
        _log.Count.Should().Be(0);
        logger.IsEnabled(LogLevel.Critical).Should().BeFalse();
    }

    [Test]
    public void After_the_cut_scopes_and_new_loggers_reach_nothing()
    {
        var logger = _factory.CreateLogger("p");
        var open = logger.BeginScope("open");
        _factory.Dispose();
        logger.BeginScope("late").Should().BeNull();
        _factory.CreateLogger("made late").LogError("late");
        open?.Dispose();
        (_log.Count, _raw.States.Count).Should().Be((0, 0));
    }

    [Test]
    public void One_category_has_one_logger() => _factory.CreateLogger("a").Should().BeSameAs(_factory.CreateLogger("a")).And.NotBeSameAs(_factory.CreateLogger("b"));

    [Test]
    public void The_hosts_levels_hold()
    {
        _factory.CreateLogger("p").LogTrace("too fine");
        _log.Count.Should().Be(0);
    }

    [Test]
    public void A_plugin_cannot_add_providers()
    {
        using var provider = new FakeLoggerProvider(new FakeLogCollector());
        FluentActions.Invoking(() => _factory.AddProvider(provider)).Should().Throw<NotSupportedException>();
    }

    /// <summary>Keeps what it is given, as a careless provider of the host's might.</summary>
    private sealed class RawProvider : ILoggerProvider, ILogger
    {
        public List<object?> States { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => States.Add(state);

        public void Dispose() { }
    }

    private sealed class OwnState
    {
        public override string ToString() => "own";
    }

    private sealed class OwnException(OwnState state) : Exception("of " + state);
}
