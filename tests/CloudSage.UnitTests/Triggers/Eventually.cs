namespace CloudSage.UnitTests.Triggers;

/// <summary>Waits for a condition that a background task brings about; the token is the deadline.</summary>
internal static class Eventually
{
    public static async Task Is(Func<bool> condition, CancellationToken deadline)
    {
        while (!condition())
        {
            deadline.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
