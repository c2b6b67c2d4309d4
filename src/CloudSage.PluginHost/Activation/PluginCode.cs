namespace CloudSage.PluginHost.Activation;

/// <summary>
/// Runs a plugin's code on the thread pool, under an execution context of its own and with a deadline. Whatever it does,
/// the caller gets an answer: exceptions come back as text, and code that does not return is left behind.
/// </summary>
internal static class PluginCode
{
    /// <summary>Runs the code and waits for it until the deadline.</summary>
    /// <param name="faultCode">The code to report an exception under.</param>
    /// <param name="code">The plugin's code. Its token is cancelled at the deadline or with <paramref name="cancellationToken"/>.</param>
    /// <param name="deadline">How long to wait; infinite for no deadline.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    public static Task<PluginCodeResult<T>> RunAsync<T>(
        string faultCode, Func<CancellationToken, ValueTask<T>> code, TimeSpan deadline, TimeProvider clock, CancellationToken cancellationToken)
    {
        var run = new PluginCodeRun<T>(faultCode, code, deadline, clock, cancellationToken);
        // Unsafe: the host's execution context must not flow into plugin code, where timers and continuations would keep it, and it them.
        ThreadPool.UnsafeQueueUserWorkItem(run, preferLocal: false);
        return run.Answer;
    }

    private sealed class PluginCodeRun<T> : IThreadPoolWorkItem, IDisposable
    {
        private readonly TaskCompletionSource<PluginCodeResult<T>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        // The plugin's own token: a callback that it registers there and that blocks must not block the host's tokens.
        private readonly CancellationTokenSource _cancel = new();
        private readonly CancellationTokenRegistration _registration;
        private readonly CancellationToken _caller;
        private readonly TimeProvider _clock;
        private readonly TimeSpan _deadline;
        private readonly string _faultCode;
        private readonly ITimer? _timer;
        private Func<CancellationToken, ValueTask<T>>? _code;

        public PluginCodeRun(string faultCode, Func<CancellationToken, ValueTask<T>> code, TimeSpan deadline, TimeProvider clock, CancellationToken caller)
        {
            (_faultCode, _code, _deadline, _clock, _caller) = (faultCode, code, deadline, clock, caller);
            if (deadline != Timeout.InfiniteTimeSpan)
                _timer = clock.CreateTimer(static run => ((PluginCodeRun<T>)run!).GiveUp(), this, deadline, Timeout.InfiniteTimeSpan);
            _registration = caller.UnsafeRegister(static run => ((PluginCodeRun<T>)run!).GiveUp(), this);
        }

        public Task<PluginCodeResult<T>> Answer => _answer.Task;

        public void Execute() => _ = ExecuteAsync();

        public void Dispose()
        {
            _registration.Unregister();
            _timer?.Dispose();
            _cancel.Dispose();
        }

        /// <summary>Never fails: it is the boundary. Its end is signalled by the result's Ended task, which the owner of the run awaits.</summary>
        private async Task ExecuteAsync()
        {
            try
            {
                var code = Interlocked.Exchange(ref _code, null)!;
                var value = await code(_cancel.Token).ConfigureAwait(false);
                _answer.TrySetResult(new(PluginCodeStatus.Completed, value, null, _ended.Task));
            }
            catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
            {
                // The code obeyed its token. Whoever cancelled it is about to answer; whoever is first does.
                AnswerGivenUp();
            }
            catch (Exception e)
            {
                // The boundary: nothing that a plugin throws goes further than this, and only its text does.
                _answer.TrySetResult(new(PluginCodeStatus.Faulted, default, PluginFault.From(_faultCode, e, _clock.GetUtcNow()), _ended.Task));
            }
            finally
            {
                Dispose();
                _ended.TrySetResult();
            }
        }

        private void GiveUp()
        {
            AnswerGivenUp();
            _ = _cancel.CancelForPluginAsync();
        }

        private void AnswerGivenUp()
        {
            if (_caller.IsCancellationRequested)
            {
                _answer.TrySetResult(new(PluginCodeStatus.Cancelled, default, null, _ended.Task));
                return;
            }

            var fault = new PluginFault(_faultCode, typeof(TimeoutException).FullName!, $"No answer within {_deadline}.", string.Empty, _clock.GetUtcNow());
            _answer.TrySetResult(new(PluginCodeStatus.TimedOut, default, fault, _ended.Task));
        }
    }
}

/// <summary>What came of a run of plugin code.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Value">What it returned; only where it completed.</param>
/// <param name="Fault">What it threw, or that it did not answer.</param>
/// <param name="Ended">Ends when the code has really returned, which may be long after the answer, or never.</param>
internal readonly record struct PluginCodeResult<T>(PluginCodeStatus Status, T? Value, PluginFault? Fault, Task Ended);

/// <summary>How a run of plugin code ended.</summary>
internal enum PluginCodeStatus
{
    Completed,
    Faulted,
    TimedOut,
    Cancelled,
}
