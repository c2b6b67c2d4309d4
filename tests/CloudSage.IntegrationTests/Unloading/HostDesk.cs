namespace CloudSage.IntegrationTests.Unloading;

/// <summary>A host's service, as plugins are given one.</summary>
public interface IDesk
{
    /// <summary>An event, for which plugins may register.</summary>
    event Action? Rung;

    /// <summary>Something that ends one day.</summary>
    CancellationToken Closing { get; }

    /// <summary>Something to wait for.</summary>
    Task Opened { get; }

    /// <summary>Lets the host wait for a task of the plugin's.</summary>
    void Wait<T>(Task<T> task);

    /// <summary>Says how far it is.</summary>
    void Say(string point);
}

/// <inheritdoc cref="IDesk" />
public sealed class HostDesk : IDesk, IDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public event Action? Rung;

    public CancellationToken Closing => _closing.Token;

    public Task Opened => _opened.Task;

    /// <summary>Whether the host gave up to wait, as it meant to.</summary>
    public bool GaveUp { get; private set; }

    public void Wait<T>(Task<T> task) => _ = WaitAsync(task);

    /// <summary>What was said last.</summary>
    public string? Said { get; private set; }

    /// <summary>Who said it.</summary>
    public Thread? Speaker { get; private set; }

    public void Say(string point) => (Speaker, Said) = (Thread.CurrentThread, point);

    public void Ring() => Rung?.Invoke();

    public void Open() => _opened.TrySetResult();

    public void Close() => _closing.Cancel();

    public void Dispose() => _closing.Dispose();

    private async Task WaitAsync<T>(Task<T> task)
    {
        try
        {
            await task.WaitAsync(TimeSpan.FromMilliseconds(500)).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // What the plugin's task is for: it never ends.
            GaveUp = true;
        }
    }
}
