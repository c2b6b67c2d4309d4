using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace CloudSage.PluginHost.Brokering;

/// <summary>
/// A call on the thread pool: a plugin that blocks or ignores its token costs the caller no more than the deadline. The object is kept with the lease
/// for the next call of the same kind, unless the call was given up: then the plugin's code may still run in it.
/// </summary>
internal sealed class PooledCall<TExtension, TArgument, TResult> : IThreadPoolWorkItem, ICallWaiter, IValueTaskSource<CallOutcome<TResult>>
    where TExtension : class
{
    private readonly Action _resume;
    private ManualResetValueTaskSourceCore<CallOutcome<TResult>> _answer;
    private ExtensionTarget _target = null!;
    private CallLease _lease = null!;
    private CallTerms _terms;
    private TExtension? _extension;
    private TArgument? _argument;
    private Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>>? _call;
    private ConfiguredValueTaskAwaitable<TResult>.ConfiguredValueTaskAwaiter _pending;
    private bool _givenUp;

    private PooledCall() => _resume = Resume;

    /// <summary>Makes a call whose lease has begun, and ends it when the plugin's code has really returned.</summary>
    public static ValueTask<CallOutcome<TResult>> Run(
        ExtensionTarget target,
        CallLease lease,
        TExtension extension,
        TArgument argument,
        Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>> call,
        in CallTerms terms)
    {
        var run = lease.TakeSpare() as PooledCall<TExtension, TArgument, TResult> ?? new PooledCall<TExtension, TArgument, TResult>();
        (run._target, run._lease, run._extension, run._argument, run._call, run._terms) = (target, lease, extension, argument, call, terms);
        var answer = new ValueTask<CallOutcome<TResult>>(run, run._answer.Version);
        terms.SetDue(lease);
        lease.Notify(run);
        // Unsafe: the host's execution context must not flow into plugin code, where timers and continuations would keep it, and it them.
        ThreadPool.UnsafeQueueUserWorkItem(run, preferLocal: false);
        return answer;
    }

    public void Execute()
    {
        var (call, extension, argument) = (_call!, _extension!, _argument!);
        (_call, _extension, _argument) = (null, null, default);
        var (value, thrown) = (default(TResult), default(Exception));
        try
        {
            var pending = call(extension, argument, _lease.Token);
            if (!pending.IsCompleted)
            {
                _pending = pending.ConfigureAwait(false).GetAwaiter();
                _pending.UnsafeOnCompleted(_resume);
                return;
            }

            value = pending.GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            // The boundary: what a plugin throws goes no further than this.
            thrown = e;
        }

        Conclude(value, thrown, onPluginsStack: false);
    }

    /// <summary>The call was stopped before the plugin answered. The plugin's code may run on for as long as it likes.</summary>
    public void GiveUp()
    {
        _givenUp = true;
        _answer.RunContinuationsAsynchronously = true;
        _answer.SetResult(_terms.Stopped<TResult>(_target, _lease));
    }

    public CallOutcome<TResult> GetResult(short token)
    {
        var outcome = _answer.GetResult(token);
        if (_givenUp) return outcome;
        var lease = _lease;
        (_target, _lease, _terms) = (null!, null!, default);
        _answer.Reset();
        lease.KeepSpare(this);
        return outcome;
    }

    public ValueTaskSourceStatus GetStatus(short token) => _answer.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _answer.OnCompleted(continuation, state, token, flags);

    private void Resume()
    {
        var (value, thrown) = (default(TResult), default(Exception));
        try
        {
            value = _pending.GetResult();
        }
        catch (Exception e)
        {
            // The boundary, as above.
            thrown = e;
        }

        _pending = default;
        Conclude(value, thrown, onPluginsStack: true);
    }

    private void Conclude(TResult? value, Exception? thrown, bool onPluginsStack)
    {
        var (target, lease) = (_target, _lease);
        if (!lease.TryConclude())
        {
            // Whoever stopped the call has answered it, or is about to.
            lease.End();
            return;
        }

        var outcome = thrown is null ? CallEnd.Answered(target, lease, value!) : CallEnd.Threw<TResult>(target, thrown, _terms.Clock);
        lease.End();
        // Where the plugin's frames are below on this stack, the caller goes on elsewhere, so that they can end. Where they have ended it goes on
        // here, but with nothing that the plugin left in the thread's context.
        _answer.RunContinuationsAsynchronously = onPluginsStack;
        if (!onPluginsStack) CleanExecution.Clear();
        _answer.SetResult(outcome);
    }
}
