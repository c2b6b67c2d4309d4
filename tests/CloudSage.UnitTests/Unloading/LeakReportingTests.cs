using System.Runtime.InteropServices;
using System.Threading.Channels;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Unloading;
using CloudSage.UnitTests.Activation;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Unloading;

[CancelAfter(30_000)]
public sealed class LeakReportingTests : ILeakAnalyzer
{
    private readonly FakeTimeProvider _clock = new();
    private readonly FakeLogger<LeakReporting> _log = new();
    private readonly object _held = new();
    private Channel<LeakReport> _reports = null!;
    private Channel<string[]> _looks = null!;
    private UnloadOptions _options = null!;
    private bool _fails;

    [SetUp]
    public void SetUp()
    {
        (_reports, _looks) = (Channel.CreateUnbounded<LeakReport>(), Channel.CreateUnbounded<string[]>());
        (_options, _fails) = (new UnloadOptions(), false);
    }

    [Test]
    public async Task A_leaked_version_is_looked_for_at_once_by_the_handle_of_its_context(CancellationToken test)
    {
        await using var reporting = new Running(this);
        reporting.Leaking.Leaks("p", "1.0.0", new WeakReference(_held));
        (await _reports.Reader.ReadAsync(test)).Plugin.Should().Be("p");
        (await _looks.Reader.ReadAsync(test)).Should().Equal("p 1.0.0 True");
    }

    [Test]
    public async Task What_has_left_meanwhile_is_not_looked_for(CancellationToken test)
    {
        await using var reporting = new Running(this);
        reporting.Leaking.Leaks("gone", "1.0.0", new WeakReference(null));
        reporting.Leaking.Leaks("p", "1.0.0", new WeakReference(_held));
        (await _looks.Reader.ReadAsync(test)).Should().Equal("p 1.0.0 True");
    }

    [Test]
    public async Task The_next_versions_of_a_plugin_wait_for_its_interval_and_share_one_look(CancellationToken test)
    {
        await using var reporting = new Running(this);
        reporting.Leaking.Leaks("p", "1.0.0", new WeakReference(_held));
        await _reports.Reader.ReadAsync(test);
        reporting.Leaking.Leaks("p", "2.0.0", new WeakReference(_held));
        reporting.Leaking.Leaks("p", "3.0.0", new WeakReference(_held));
        reporting.Leaking.Leaks("q", "1.0.0", new WeakReference(_held));
        await AdvanceUntilAsync(reporting, 2, test);
        await AdvanceUntilAsync(reporting, 4, test);
        await reporting.StopAsync();
        (await _looks.Reader.ReadAsync(test)).Should().Equal("p 1.0.0 True");
        (await _looks.Reader.ReadAsync(test)).Should().Equal(["q 1.0.0 True"], "the interval between looks is shorter than that of a plugin");
        (await _looks.Reader.ReadAsync(test)).Should().Equal("p 2.0.0 True", "p 3.0.0 True");
    }

    [Test]
    public async Task Nothing_is_looked_for_by_itself_where_the_options_say_so_but_on_demand(CancellationToken test)
    {
        _options.LeakReports.Automatic = false;
        await using var reporting = new Running(this);
        reporting.Leaking.Leaks("p", "1.0.0", new WeakReference(_held));
        var answer = await reporting.Leaking.DiagnoseAsync("p", ("2.0.0", new WeakReference(_held)), test);
        answer.Leaks.Should().ContainSingle().Which.Version.Should().Be("1.0.0");
        answer.Holdings!.Version.Should().Be("2.0.0");
        _looks.Reader.Count.Should().Be(1);
    }

    [Test]
    public async Task An_analyzer_that_fails_costs_a_log_line_and_nothing_else(CancellationToken test)
    {
        _fails = true;
        await using var reporting = new Running(this);
        (await reporting.Leaking.DiagnoseAsync("p", ("2.0.0", new WeakReference(_held)), test)).Holdings.Should().BeNull();
        _log.Collector.LatestRecord.Message.Should().Contain("cannot be found out");
        _fails = false;
        (await reporting.Leaking.DiagnoseAsync("p", ("2.0.0", new WeakReference(_held)), test)).Holdings.Should().NotBeNull();
    }

    [Test]
    public async Task Without_an_analyzer_a_question_is_answered_with_what_to_add(CancellationToken test)
    {
        var reporting = new LeakReporting([], new Fixed<UnloadOptions>(_options), _clock, _log);
        (await reporting.DiagnoseAsync("p", null, test)).Shortfall.Should().Contain("CloudSage.PluginHost.Diagnostics");
    }

    [Test]
    public async Task After_the_hosts_stop_a_question_is_answered_all_the_same(CancellationToken test)
    {
        await using var reporting = new Running(this);
        await reporting.StopAsync();
        (await reporting.Leaking.DiagnoseAsync("p", null, test)).Shortfall.Should().Contain("stopped");
    }

    public Task<IReadOnlyList<LeakReport>> AnalyzeAsync(IReadOnlyList<LeakSubject> subjects, LeakAnalysisLimits limits, CancellationToken cancellationToken)
    {
        _looks.Writer.TryWrite([.. subjects.Select(s => $"{s.Plugin} {s.Version} {ReferenceEquals(GCHandle.FromIntPtr(s.Context).Target, _held)}")]);
        return Task.FromResult<IReadOnlyList<LeakReport>>([.. subjects.Select(s => new LeakReport { Plugin = s.Plugin, Version = s.Version, At = _clock.GetUtcNow() })]);
    }

    public Task<PluginHoldings> MeasureAsync(LeakSubject subject, LeakAnalysisLimits limits, CancellationToken cancellationToken) => _fails
        ? throw new InvalidOperationException("by design")
        : Task.FromResult(new PluginHoldings { Plugin = subject.Plugin, Version = subject.Version, At = _clock.GetUtcNow() });

    /// <summary>Second by second, each only when the loop has seen the one before: a question about nothing is answered in its turn.</summary>
    private async Task AdvanceUntilAsync(Running reporting, int reports, CancellationToken test)
    {
        while (_reports.Reader.Count < reports - 1)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await reporting.Leaking.DiagnoseAsync("nothing", null, test);
        }
    }

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _loop;

        public Running(LeakReportingTests test)
        {
            Leaking = new LeakReporting([test], new Fixed<UnloadOptions>(test._options), test._clock, test._log);
            Leaking.Reported += r => test._reports.Writer.TryWrite(r);
            _loop = Task.Run(() => Leaking.RunAsync(_stop.Token));
        }

        public LeakReporting Leaking { get; }

        public async Task StopAsync()
        {
            await _stop.CancelAsync();
            await _loop;
        }

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            _stop.Dispose();
        }
    }
}
