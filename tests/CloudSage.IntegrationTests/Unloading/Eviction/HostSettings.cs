namespace CloudSage.IntegrationTests.Unloading.Eviction;

/// <summary>Static settings of a host's, as plugins may find some.</summary>
public static class HostSettings
{
    public static Func<string, string>? Greeting { get; set; }

    public static object Required { get; set; } = "the host's";

    public static object? Neighbours { get; set; }
}
