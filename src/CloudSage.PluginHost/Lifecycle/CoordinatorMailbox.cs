using System.Collections.Concurrent;
using CloudSage.PluginHost.Discovery;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>The way into the coordinator's loop: messages that it carries out one by one, and operations whose outcome becomes a message.</summary>
internal sealed class CoordinatorMailbox(FolderWatcher watcher)
{
    private readonly ConcurrentQueue<Action> _messages = new();
    private readonly List<Task> _operations = [];

    public bool IsEmpty => _messages.IsEmpty;

    /// <summary>Whether an operation is still running. For the loop alone.</summary>
    public bool IsBusy => _operations.Exists(static t => !t.IsCompleted);

    /// <summary>Has the loop carry out a message. From any thread.</summary>
    public void Post(Action message)
    {
        _messages.Enqueue(message);
        watcher.Poke();
    }

    /// <summary>Runs an operation beside the loop; what it returns is carried out by the loop. For the loop alone, which waits for the last of them.</summary>
    public void Launch(Func<Task<Action>> operation)
    {
        _operations.RemoveAll(static t => t.IsCompleted);
        _operations.Add(Task.Run(async () => Post(await operation().ConfigureAwait(false))));
    }

    /// <summary>Carries out the messages that are there. For the loop alone.</summary>
    public void CarryOut()
    {
        while (_messages.TryDequeue(out var message)) message();
    }
}
