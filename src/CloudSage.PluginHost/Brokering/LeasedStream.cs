using System.Threading.Channels;
using CloudSage.PluginHost.Activation;

namespace CloudSage.PluginHost.Brokering;

/// <summary>
/// A plugin's stream. The plugin enumerates on the thread pool into a bounded channel and the host reads from it, so a plugin that
/// blocks costs the host no more than the deadline, a slow host slows the plugin, and no item costs a thread switch of its own.
/// </summary>
internal sealed class LeasedStream<TExtension, TArgument, TItem>(
    ExtensionBroker broker,
    string plugin,
    TArgument argument,
    Func<TExtension, TArgument, CancellationToken, IAsyncEnumerable<TItem>> call,
    TimeSpan deadline,
    BrokerTelemetry telemetry,
    TimeProvider clock) : PluginStream<TItem> where TExtension : class
{
    private const int Capacity = 512;

    private bool _started;

    public override IAsyncEnumerator<TItem> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _started, true))
            throw new InvalidOperationException("A plugin's stream can be enumerated once: ask the broker for another.");
        return ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
    }

    private async IAsyncEnumerable<TItem> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (broker.TryLease<TExtension>(plugin, out var target, out var extension, out var refusal) is not { } lease)
        {
            Outcome = new CallOutcome<long>(plugin, target?.Version, CallStatus.Unavailable, 0, refusal);
            yield break;
        }

        var started = clock.GetTimestamp();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Token);
        var channel = Channel.CreateBounded<TItem>(new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });
        var producing = Produce(lease, extension!, channel.Writer, stop.Token);
        extension = null;
        var items = 0L;
        var ended = PluginCodeStatus.Cancelled;
        PluginFault? fault = null;
        try
        {
            while (await NextAsync(channel.Reader, producing, cancellationToken).ConfigureAwait(false) is { } step)
            {
                if (step.TimedOut)
                {
                    ended = PluginCodeStatus.TimedOut;
                    fault = new PluginFault(BrokeringCodes.CallTimedOut, typeof(TimeoutException).FullName!, $"No item within {deadline}.", string.Empty, clock.GetUtcNow());
                    yield break;
                }

                while (channel.Reader.TryRead(out var item))
                {
                    items++;
                    yield return item;
                }
            }

            var result = await producing.ConfigureAwait(false);
            // A plugin that has sent everything did not succeed with a reader who gave up before having read it.
            if (result.Status != PluginCodeStatus.Completed || channel.Reader.Completion.IsCompleted) (ended, fault) = (result.Status, result.Fault);
        }
        finally
        {
            // Also where the reader leaves early: the plugin is told to end, and holds its lease until it has.
            await stop.CancelAsync().ConfigureAwait(false);
            var outcome = ended switch
            {
                PluginCodeStatus.Completed => CallEnd.Answered(target!, lease, items),
                PluginCodeStatus.Cancelled => CallEnd.Stopped(target!, false, deadline, clock, items),
                _ => CallEnd.Failed(target!, ended == PluginCodeStatus.TimedOut ? CallStatus.TimedOut : CallStatus.Faulted, items, fault),
            };
            telemetry.EndCall(null, typeof(TExtension), plugin, outcome.Status, outcome.Fault, clock.GetElapsedTime(started));
            Outcome = outcome;
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private Task<PluginCodeResult<bool>> Produce(CallLease lease, TExtension extension, ChannelWriter<TItem> writer, CancellationToken cancellationToken)
        => PluginCode.RunAsync(BrokeringCodes.CallFaulted, async token =>
        {
            try
            {
                await foreach (var item in call(extension, argument, token).WithCancellation(token).ConfigureAwait(false))
                    await writer.WriteAsync(item, token).ConfigureAwait(false);
                return true;
            }
            finally
            {
                writer.TryComplete();
                lease.End();
            }
        }, Timeout.InfiniteTimeSpan, clock, cancellationToken);

    /// <summary>Waits for items: null at the end of the stream.</summary>
    private async ValueTask<StreamStep?> NextAsync(ChannelReader<TItem> reader, Task<PluginCodeResult<bool>> producing, CancellationToken cancellationToken)
    {
        var ready = reader.WaitToReadAsync(cancellationToken);
        if (ready.IsCompletedSuccessfully) return ready.Result ? default(StreamStep) : null;
        try
        {
            var more = ready.AsTask();
            // The producer's answer ends the wait too: a plugin that was told to stop may never complete the channel.
            await Task.WhenAny(more, producing).WaitAsync(deadline, clock, cancellationToken).ConfigureAwait(false);
            return more.IsCompleted ? (await more.ConfigureAwait(false) ? default(StreamStep) : null) : reader.Count > 0 ? default(StreamStep) : null;
        }
        catch (TimeoutException)
        {
            // WaitAsync's way to say that the deadline has passed.
            return new StreamStep(TimedOut: true);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The reader gave up; the outcome says so and the enumeration ends as cancelled.
            return null;
        }
    }

    private readonly record struct StreamStep(bool TimedOut);
}
