using System.Diagnostics;

namespace CloudSage.IntegrationTests.Harness;

/// <summary>Waits for conditions, never for time.</summary>
internal static class Eventually
{
    /// <summary>Generous: it is only ever used up by a test that fails.</summary>
    public static TimeSpan Deadline { get; } = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Asks until the answer is there.</summary>
    /// <param name="read">Returns null as long as it is not.</param>
    /// <param name="what">What is waited for, for the failure's message.</param>
    /// <param name="seen">What is there instead, for the failure's message.</param>
    public static async Task<T> FindAsync<T>(Func<T?> read, string what, Func<string>? seen = null) where T : class
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Pause);
        while (true)
        {
            if (read() is { } found) return found;
            if (Stopwatch.GetElapsedTime(started) > Deadline)
                throw new AssertionException($"Waited {Deadline} in vain: {what}.{Environment.NewLine}{seen?.Invoke()}");
            await timer.WaitForNextTickAsync();
        }
    }

    public static async Task TrueAsync(Func<bool> condition, string what, Func<string>? seen = null)
        => await FindAsync(() => condition() ? what : null, what, seen);
}
