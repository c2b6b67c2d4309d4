using System.Collections.Concurrent;
using CloudSage.PluginHost.Discovery;
using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>The way into the coordinator's loop: messages that it carries out one by one, and operations whose outcome becomes a message.</summary>
internal sealed class CoordinatorMailbox(FolderWatcher watcher, ILogger<CoordinatorMailbox> logger)
{
    private readonly ConcurrentQueue<Action> _messages = new();
    private readonly List<Func<Task<Action>>> _launched = [];
    private readonly List<Task> _operations = [];
    private int _running;

    public bool IsEmpty => _messages.IsEmpty;

    /// <summary>Whether an operation is still running. For the loop alone.</summary>
    public bool IsBusy => _launched.Count > 0 || _operations.Exists(static t => !t.IsCompleted);

    /// <summary>How many operations are under way.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Has the loop carry out a message. From any thread.</summary>
    public void Post(Action message)
    {
        _messages.Enqueue(message);
        watcher.Poke();
    }

    /// <summary>
    /// Has an operation run beside the loop, from <see cref="Begin"/> on; what it returns is carried out by the loop. For the loop alone, which
    /// waits for the last of them.
    /// </summary>
    public void Launch(Func<Task<Action>> operation) => _launched.Add(operation);

    /// <summary>Begins the operations that were launched: at the end of a step, when what they count on is published. For the loop alone.</summary>
    public void Begin()
    {
        _operations.RemoveAll(static t => t.IsCompleted);
        Interlocked.Add(ref _running, _launched.Count);
        _operations.AddRange(_launched.Select(operation => Task.Run(() => RunAsync(operation))));
        _launched.Clear();
    }

    /// <summary>Carries out the messages that are there. For the loop alone.</summary>
    public void CarryOut()
    {
        while (_messages.TryDequeue(out var message))
        {
            try
            {
                message();
            }
            catch (Exception e)
            {
                // A defect, or a file system that fails in a way nobody thought of: it must stop neither the other messages nor what runs.
                logger.LoopFailed(e);
            }
        }
    }

    private async Task RunAsync(Func<Task<Action>> operation)
    {
        try
        {
            Post(await operation().ConfigureAwait(false));
        }
        catch (Exception e)
        {
            // Operations answer for themselves, so this is a defect; the loop must hear of it all the same.
            logger.LoopFailed(e);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
