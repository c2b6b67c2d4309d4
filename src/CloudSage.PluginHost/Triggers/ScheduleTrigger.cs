using CloudSage.Plugins.Commands;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Triggers;

/// <summary>
/// Runs plugins by their schedules, with one timer set to the next due time. A run that is due while the plugin still runs,
/// for whatever trigger, is skipped and counted. Schedules of one plugin that are due at the same moment run one after another.
/// </summary>
internal sealed class ScheduleTrigger : IDisposable
{
    /// <summary>The longest sleep of the timer, so that a clock that was set is noticed and no timer's limit is met.</summary>
    public static readonly TimeSpan MaxSleep = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly ScheduleBook _book;
    private readonly HashSet<string> _busy = new(StringComparer.Ordinal);
    private readonly HashSet<ScheduleKey> _reported = [];
    private readonly BackgroundTasks _runs = new();
    private readonly IRunExecutor _executor;
    private readonly RunGate _gate;
    private readonly TriggerMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<ScheduleTrigger> _logger;
    private ITimer? _timer;

    public ScheduleTrigger(
        IRunExecutor executor, RunGate gate, TriggerMetrics metrics, IOptions<TriggerOptions> options, TimeProvider time, ILogger<ScheduleTrigger> logger)
    {
        _executor = executor;
        _gate = gate;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        _book = new ScheduleBook(options.Value.MisfireGrace);
    }

    /// <summary>The schedules with their next time, the earliest first.</summary>
    public IReadOnlyList<(ScheduleKey Schedule, DateTimeOffset DueAt)> Upcoming
    {
        get { lock (_lock) return _book.Upcoming(); }
    }

    /// <summary>Makes the schedules equal to those of the active plugins. Ones that cannot be used are left out and returned, by plugin.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Finding>> Apply(IReadOnlyCollection<PluginTriggers> active)
    {
        var now = _time.GetUtcNow();
        var read = ScheduleReading.Read(active, now);
        lock (_lock)
        {
            foreach (var (key, finding) in read.Findings)
                if (_reported.Add(key)) Log.ScheduleLeftOut(_logger, key.Plugin, finding);
            _reported.IntersectWith(read.Findings.Select(static f => f.Key));
            _book.Replace(read.Schedules, now);
            SetTimer();
        }

        return read.Findings.GroupBy(static f => f.Key.Plugin, StringComparer.Ordinal)
            .ToDictionary(static g => g.Key, static g => (IReadOnlyList<Finding>)[.. g.Select(static f => f.Finding)], StringComparer.Ordinal);
    }

    public void Start()
    {
        lock (_lock)
        {
            _timer ??= _time.CreateTimer(static self => ((ScheduleTrigger)self!).RunDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            SetTimer();
        }
    }

    /// <summary>Starts nothing more. What runs goes on.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _timer = null;
        }
    }

    /// <summary>Ends when every run that a schedule started has ended.</summary>
    public Task WhenIdle() => _runs.WhenAll();

    public void Dispose() => Stop();

    private void SetTimer()
    {
        if (_timer is null || _book.NextDue is not { } due) return;
        var sleep = due - _time.GetUtcNow();
        if (sleep > MaxSleep) sleep = MaxSleep;
        // Timers count whole milliseconds: rounding up saves a wake just before the time.
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(sleep.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }

    private void RunDue()
    {
        lock (_lock)
        {
            // A timer that was disposed may call once more.
            if (_timer is null) return;
            foreach (var plugin in _book.TakeDue(_time.GetUtcNow()).GroupBy(static d => d.Schedule.Plugin, StringComparer.Ordinal))
                Begin(plugin.Key, [.. plugin]);
            SetTimer();
        }
    }

    private void Begin(string plugin, DueSchedule[] due)
    {
        foreach (var missed in due.Where(static d => d.Missed))
        {
            _metrics.Missed(plugin);
            Log.ScheduleMissed(_logger, plugin, missed.Schedule.Expression, missed.Since);
        }

        var timely = due.Where(static d => d.DueAt is not null).ToArray();
        if (timely.Length == 0) return;
        if (_gate.IsRunning(plugin) || !_busy.Add(plugin))
        {
            foreach (var skipped in timely) Skip(plugin, skipped);
            return;
        }

        _runs.Start(() => RunInTurnAsync(plugin, timely));
    }

    private void Skip(string plugin, DueSchedule skipped)
    {
        _metrics.Skipped(plugin);
        Log.ScheduleSkipped(_logger, plugin, skipped.DueAt!.Value, skipped.Schedule.Expression);
    }

    private async Task RunInTurnAsync(string plugin, DueSchedule[] due)
    {
        try
        {
            foreach (var schedule in due) await _executor.ExecuteAsync(RunOf(schedule), _gate.Cancelled);
        }
        catch (Exception e)
        {
            // Failures of plugins are results; this is a defect of the host, and the other schedules must go on.
            Log.RunBroke(_logger, e, plugin);
        }
        finally
        {
            lock (_lock) _busy.Remove(plugin);
        }
    }

    private PluginRun RunOf(DueSchedule due) => new(due.Schedule.Plugin, new CommandRequest
    {
        ExecutionId = PluginRun.NewExecutionId(_time.GetUtcNow()),
        Command = due.Schedule.Command,
        Trigger = new CommandTrigger(TriggerKind.Schedule, due.Schedule.Expression),
        DueAt = due.DueAt!.Value,
    }) { Accepted = true };
}
