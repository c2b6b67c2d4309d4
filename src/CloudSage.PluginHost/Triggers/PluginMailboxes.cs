using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Triggers;

/// <summary>
/// One queue and one reader for each plugin that was sent something: its runs take place one after another, in the order in which they came,
/// and a slow plugin delays no other.
/// </summary>
internal sealed class PluginMailboxes(
    IRunExecutor executor, RunGate gate, TriggerMetrics metrics, IOptions<TriggerOptions> options, ILogger<PluginMailboxes> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, EventQueue<PluginRun>> _queues = new(StringComparer.Ordinal);
    private readonly BackgroundTasks _readers = new();
    private bool _closed;

    public EventQueueWrite Send(PluginRun run)
    {
        lock (_lock)
        {
            if (_closed) return EventQueueWrite.Completed;
            if (!_queues.TryGetValue(run.Plugin, out var queue))
            {
                queue = new EventQueue<PluginRun>(run.Plugin, options.Value.QueueCapacity, metrics, logger);
                _queues.Add(run.Plugin, queue);
                _readers.Start(() => ReadAsync(queue));
            }

            return queue.Write(run);
        }
    }

    /// <summary>Forgets the queues of plugins that are no longer active.</summary>
    public void Keep(Func<string, bool> isActive)
    {
        lock (_lock)
        {
            foreach (var queue in _queues.Values.Where(q => !isActive(q.Subscriber)).ToArray())
            {
                _queues.Remove(queue.Subscriber);
                Report(queue, queue.Discard(), "the plugin is no longer active");
            }
        }
    }

    /// <summary>Takes nothing more. What is queued still runs.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            foreach (var queue in _queues.Values) queue.Complete();
        }
    }

    /// <summary>Forgets what is queued.</summary>
    /// <returns>How many messages were forgotten.</returns>
    public int Discard()
    {
        Close();
        var total = 0;
        lock (_lock)
        {
            foreach (var queue in _queues.Values)
            {
                var count = queue.Discard();
                Report(queue, count, "the host stopped");
                total += count;
            }
        }

        return total;
    }

    /// <summary>After <see cref="Close"/>: ends when everything queued has run.</summary>
    public Task WhenDone() => _readers.WhenAll();

    private void Report(EventQueue<PluginRun> queue, int count, string reason)
    {
        if (count > 0) Log.QueueDropped(logger, queue.Subscriber, count, reason);
    }

    private async Task ReadAsync(EventQueue<PluginRun> queue)
    {
        // Ends when the queue is completed and empty, which Close and Discard see to.
        await foreach (var run in queue.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                await executor.ExecuteAsync(run, gate.Cancelled);
            }
            catch (Exception e)
            {
                // Failures of plugins are results; this is a defect of the host, and the next message must still get its turn.
                Log.RunBroke(logger, e, run.Plugin);
            }
        }
    }
}
