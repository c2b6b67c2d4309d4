namespace CloudSage.IntegrationTests.Unloading;

/// <summary>A host's static event, as plugins may find one.</summary>
public static class HostBoard
{
    public static event Action? Changed;

    public static void Change() => Changed?.Invoke();
}
