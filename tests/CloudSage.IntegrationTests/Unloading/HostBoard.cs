namespace CloudSage.IntegrationTests.Unloading;

/// <summary>A host's statics, as plugins may find some.</summary>
public static class HostBoard
{
    private static readonly List<Timer> Timers = [];

    public static event Action? Changed;

    public static AsyncLocal<string> Flow { get; } = new();

    /// <summary>What the host's timers saw in <see cref="Flow"/>.</summary>
    public static string? Seen { get; private set; }

    public static void Change() => Changed?.Invoke();

    /// <summary>Sets a timer of the host's, which runs in the execution context of whoever asks for it.</summary>
    public static void Schedule(TimeSpan period)
    {
        lock (Timers) Timers.Add(new Timer(static _ => Seen = Flow.Value ?? Seen, null, period, period));
    }
}
