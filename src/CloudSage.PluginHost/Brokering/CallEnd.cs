namespace CloudSage.PluginHost.Brokering;

/// <summary>Counts calls that have ended, tells the breaker, and makes their outcomes.</summary>
internal static class CallEnd
{
    /// <summary>The plugin answered. Called while the lease is held.</summary>
    public static CallOutcome<TResult> Answered<TResult>(ExtensionTarget target, CallLease lease, TResult value)
    {
        lease.CountCall();
        target.Breaker.Succeeded();
        return new CallOutcome<TResult>(target.Plugin, target.Version, CallStatus.Succeeded, value, null);
    }

    /// <summary>The plugin threw. Only the exception's text goes on from here.</summary>
    public static CallOutcome<TResult> Threw<TResult>(ExtensionTarget target, Exception exception, TimeProvider clock)
        => Failed<TResult>(target, CallStatus.Faulted, default, PluginFault.From(BrokeringCodes.CallFaulted, exception, clock.GetUtcNow()));

    /// <summary>The deadline passed, the caller gave up, or the plugin stops.</summary>
    public static CallOutcome<TResult> Stopped<TResult>(ExtensionTarget target, bool timedOut, TimeSpan deadline, TimeProvider clock, TResult? value = default)
    {
        if (timedOut) return Failed(target, CallStatus.TimedOut, value, Late($"No answer within {deadline}.", clock));
        var fault = target.Leases.IsAbandoned
            ? new PluginFault(BrokeringCodes.PluginStopped, string.Empty, $"{target.Plugin} {target.Version} was stopped during the call.", string.Empty, clock.GetUtcNow())
            : null;
        return Failed(target, CallStatus.Cancelled, value, fault);
    }

    public static CallOutcome<TResult> Failed<TResult>(ExtensionTarget target, CallStatus status, TResult? value, PluginFault? fault)
    {
        target.CountFailed(status, fault);
        return new CallOutcome<TResult>(target.Plugin, target.Version, status, value, fault);
    }

    public static PluginFault Late(string message, TimeProvider clock)
        => new(BrokeringCodes.CallTimedOut, typeof(TimeoutException).FullName!, message, string.Empty, clock.GetUtcNow());
}
