using CloudSage.PluginHost.Discovery;
using CloudSage.UnitTests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Discovery;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FolderWatcherTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly FakeSignals _signals = new();
    private readonly FakeLogger<FolderWatcher> _logger = new();
    private readonly TempFolder _temp;
    private readonly DiscoveryOptions _options;
    private readonly FolderWatcher _watcher;

    public FolderWatcherTests()
    {
        _temp = new TempFolder();
        _temp.Folder("plugins");
        _options = new DiscoveryOptions { Directories = { _temp.File("plugins") } };
        _watcher = new FolderWatcher(_options, _time, _logger, _signals.Start);
    }

    public void Dispose()
    {
        _watcher.Dispose();
        _temp.Dispose();
        _signals.Live.Should().BeEmpty("every signal is ended with its watcher");
    }

    private Task<WakeReason> Wait(DateTimeOffset? until = null) => _watcher.WaitAsync(until, CancellationToken.None).AsTask();

    private async Task StartAsync() => (await Wait().WaitAsync(Patience)).Should().Be(WakeReason.Hint, "signals were just started, and what came before was not signalled");

    private async Task WakesAfter(TimeSpan pause, DateTimeOffset? until = null)
    {
        var wait = Wait(until);
        _time.Advance(pause - TimeSpan.FromMilliseconds(1));
        wait.IsCompleted.Should().BeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        (await wait.WaitAsync(Patience)).Should().Be(WakeReason.Deadline);
    }

    [Test]
    public async Task Without_a_hint_it_wakes_at_the_rescan_interval_or_the_given_time()
    {
        await StartAsync();
        await WakesAfter(_options.RescanInterval);
        await WakesAfter(TimeSpan.FromSeconds(2), _time.GetUtcNow().AddSeconds(2));
        (await Wait(_time.GetUtcNow().AddSeconds(-1)).WaitAsync(Patience)).Should().Be(WakeReason.Deadline);
    }

    [Test]
    public async Task Hint_and_poke_wake_whether_they_come_before_or_during_the_wait()
    {
        await StartAsync();
        _signals.Content.Changed();
        (await Wait().WaitAsync(Patience)).Should().Be(WakeReason.Hint);
        _watcher.Poke();
        (await Wait().WaitAsync(Patience)).Should().Be(WakeReason.Poke);

        var wait = Wait();
        _watcher.Poke();
        (await wait.WaitAsync(Patience)).Should().Be(WakeReason.Poke);
    }

    [Test]
    public async Task The_first_hints_are_answered_at_once_and_a_storm_in_a_steady_beat()
    {
        await StartAsync();
        for (var answered = 0; answered < FolderWatcher.Burst; answered++)
        {
            _signals.Content.Changed();
            (await Wait().WaitAsync(Patience)).Should().Be(WakeReason.Hint);
        }

        for (var beat = 0; beat < 3; beat++)
        {
            for (var i = 0; i < 1_000; i++)
                _signals.Content.Changed();

            var wait = Wait();
            wait.IsCompleted.Should().BeFalse();
            _time.Advance((_options.SettleWindow / 5) - TimeSpan.FromMilliseconds(1));
            wait.IsCompleted.Should().BeFalse();
            _time.Advance(TimeSpan.FromMilliseconds(1));
            (await wait.WaitAsync(Patience)).Should().Be(WakeReason.Hint);
        }

        await WakesAfter(_options.RescanInterval);
        _signals.Content.Changed();
        (await Wait().WaitAsync(Patience)).Should().Be(WakeReason.Hint, "after a calm there is nothing to slow down");
    }

    [Test]
    public async Task A_clock_that_was_set_back_holds_up_no_hint()
    {
        await StartAsync();
        for (var answered = 0; answered < FolderWatcher.Burst; answered++)
        {
            _signals.Content.Changed();
            await Wait().WaitAsync(Patience);
        }

        _time.AdjustTime(_time.GetUtcNow().AddHours(-1));
        _signals.Content.Changed();
        (await Wait().WaitAsync(Patience)).Should().Be(WakeReason.Hint);
    }

    [Test]
    public async Task Overflow_is_a_hint_and_starts_new_signals()
    {
        await StartAsync();
        var first = _signals.Content;

        first.Failed(new InternalBufferOverflowException());
        (await Wait().WaitAsync(Patience)).Should().Be(WakeReason.Hint);

        _signals.Content.Should().NotBeSameAs(first);
        _signals.Live.Should().HaveCount(2);
        _logger.Collector.GetSnapshot().Should().ContainSingle().Which.Id.Id.Should().Be(1000);
    }

    [Test]
    public async Task Refused_signals_fall_back_to_polling_and_say_so_once_with_the_remedy()
    {
        _signals.Refuse = new IOException("The configured user limit (128) on the number of inotify instances has been reached.");

        for (var i = 0; i < 40; i++)
            await WakesAfter(_options.PollInterval);

        _logger.Collector.GetSnapshot().Should().ContainSingle().Which.Message.Should().Contain("fs.inotify.max_user_instances");
        _signals.Refuse = null;
        _time.Advance(_options.RescanInterval);
        await StartAsync();
        await WakesAfter(_options.RescanInterval);
    }

    [Test]
    public async Task Signals_that_break_later_fall_back_to_polling()
    {
        await StartAsync();
        _signals.Content.Failed(new IOException("no more watches"));
        (await Wait().WaitAsync(Patience)).Should().Be(WakeReason.Hint);

        await WakesAfter(_options.PollInterval);
        _logger.Collector.GetSnapshot().Should().ContainSingle().Which.Id.Id.Should().Be(1001);
    }

    [Test]
    public async Task Missing_directory_is_polled_until_it_is_there()
    {
        Directory.Delete(_temp.File("plugins"));
        await WakesAfter(_options.PollInterval);
        _logger.Collector.Count.Should().Be(0, "the scanner tells of missing directories");

        _temp.Folder("plugins");
        await StartAsync();
        await WakesAfter(_options.RescanInterval);
    }

    [Test]
    public async Task Directory_that_is_made_anew_is_watched_anew()
    {
        await StartAsync();
        var first = _signals.Content;

        _signals.Place.Changed();
        await Wait().WaitAsync(Patience);

        _signals.Content.Should().NotBeSameAs(first);
        _signals.Place.OnlyName.Should().Be("plugins");
    }

    [Test]
    public async Task Forced_polling_asks_for_no_signals_and_never_polls_faster_than_every_second()
    {
        _options.ForcePolling = true;
        _options.PollInterval = TimeSpan.FromMilliseconds(1);

        await WakesAfter(TimeSpan.FromSeconds(1));

        _signals.Live.Should().BeEmpty();
    }

    [Test]
    public async Task Cancellation_ends_the_wait_and_loses_no_hint()
    {
        await StartAsync();
        using var cancelled = new CancellationTokenSource();
        var wait = _watcher.WaitAsync(null, cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        await FluentActions.Awaiting(() => wait).Should().ThrowAsync<OperationCanceledException>();

        _signals.Content.Changed();
        (await Wait().WaitAsync(Patience)).Should().Be(WakeReason.Hint);
    }

    [Test]
    public async Task The_operating_system_signals_writes_renames_and_a_directory_made_anew()
    {
        using var watcher = new FolderWatcher(_options, TimeProvider.System, NullLogger<FolderWatcher>.Instance);
        await WakesBy(watcher, () => { });
        await WakesBy(watcher, () => _temp.Write("plugins/one/manifest.yaml", "x"));
        await WakesBy(watcher, () => File.AppendAllText(_temp.File("plugins/one/manifest.yaml"), "y"));
        await WakesBy(watcher, () => Directory.Move(_temp.File("plugins/one"), _temp.File("plugins/two")));
        await WakesBy(watcher, () =>
        {
            Directory.Move(_temp.File("plugins"), _temp.File("old"));
            _temp.Folder("plugins");
        });
        await WakesBy(watcher, () => _temp.Write("plugins/A.dll", "x"));
    }

    [Test]
    public async Task The_operating_system_signals_a_folder_that_another_takes_the_place_of()
    {
        using var watcher = new FolderWatcher(_options, TimeProvider.System, NullLogger<FolderWatcher>.Instance);
        await WakesBy(watcher, () => { });
        await WakesBy(watcher, () => MoveIn("0"));
        for (var i = 1; i <= 3; i++)
        {
            await WakesBy(watcher, () =>
            {
                Directory.Move(_temp.File("plugins/one"), _temp.File($"old-{i}"));
                MoveIn($"{i}");
            });
        }

        void MoveIn(string version)
        {
            _temp.Write($"new-{version}/manifest.yaml", version);
            Directory.Move(_temp.File($"new-{version}"), _temp.File("plugins/one"));
        }
    }

    [Test]
    public async Task Hint_and_poke_at_once_are_both_answered()
    {
        await StartAsync();
        for (var i = 0; i < 500; i++)
        {
            _time.Advance(_options.SettleWindow);
            var wait = Wait();
            await Task.WhenAll(Task.Run(_signals.Content.Changed), Task.Run(_watcher.Poke));
            var first = await wait.WaitAsync(Patience);
            (await Wait().WaitAsync(Patience)).Should().NotBe(first, "one is answered now and the other by the next wait");
        }
    }

    /// <summary>One act may bring several hints, so the watch is first led to rest.</summary>
    private static async Task WakesBy(FolderWatcher watcher, Action act)
    {
        act();
        WakeReason reason;
        var hints = 0;
        do
        {
            reason = await watcher.WaitAsync(DateTimeOffset.UtcNow.AddSeconds(hints == 0 ? 20 : 0.3), CancellationToken.None);
            hints += reason == WakeReason.Hint ? 1 : 0;
        }
        while (reason == WakeReason.Hint);

        hints.Should().BePositive();
    }

    private sealed class FakeSignals
    {
        public List<ChangeSignalRequest> Live { get; } = [];

        public Exception? Refuse { get; set; }

        public ChangeSignalRequest Content => Live.Single(r => r.OnlyName is null);

        public ChangeSignalRequest Place => Live.Single(r => r.OnlyName is not null);

        public IDisposable Start(ChangeSignalRequest request)
        {
            if (Refuse is not null)
                throw Refuse;
            Live.Add(request);
            return new Ended(() => Live.RemoveAll(r => ReferenceEquals(r, request)));
        }

        private sealed class Ended(Action end) : IDisposable
        {
            public void Dispose() => end();
        }
    }
}
