using CloudSage.PluginHost.Activation;

namespace CloudSage.PluginHost.Brokering;

/// <summary>
/// The token of one inline call: the plugin's own, cancelled at the deadline, with the caller's token, or when the plugin must stop.
/// Never the caller's token itself, where a plugin's registration could outlive the call and its callback could block the caller.
/// </summary>
internal sealed class InlineStop : IDisposable
{
    private readonly CancellationTokenSource _plugin = new();
    private readonly CancellationTokenRegistration _caller;
    private readonly CancellationTokenRegistration _abandoned;
    private readonly ITimer? _timer;
    private volatile bool _timedOut;

    public InlineStop(TimeSpan deadline, TimeProvider clock, CancellationToken caller, CancellationToken abandoned)
    {
        _caller = caller.UnsafeRegister(static stop => ((InlineStop)stop!).Cancel(), this);
        _abandoned = abandoned.UnsafeRegister(static stop => ((InlineStop)stop!).Cancel(), this);
        if (deadline != Timeout.InfiniteTimeSpan)
            _timer = clock.CreateTimer(static stop => ((InlineStop)stop!).TimeOut(), this, deadline, Timeout.InfiniteTimeSpan);
    }

    public CancellationToken Token => _plugin.Token;

    public bool TimedOut => _timedOut;

    public void Dispose()
    {
        _caller.Unregister();
        _abandoned.Unregister();
        _timer?.Dispose();
        _plugin.Dispose();
    }

    private void TimeOut()
    {
        _timedOut = true;
        Cancel();
    }

    private void Cancel() => _ = _plugin.CancelForPluginAsync();
}
