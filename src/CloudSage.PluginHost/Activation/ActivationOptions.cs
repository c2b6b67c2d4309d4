namespace CloudSage.PluginHost.Activation;

/// <summary>How plugins are started.</summary>
public sealed class ActivationOptions
{
    /// <summary>How long a plugin may take from construction to the end of its first health check. Default: 30 s.</summary>
    public TimeSpan StartDeadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a plugin may take to answer a health check. Default: 5 s.</summary>
    public TimeSpan HealthDeadline { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long each step of a plugin's stop may take: its <c>StopAsync</c>, its hosted services, its background work, its disposal.
    /// Then the step is left behind and reported. Default: 10 s.
    /// </summary>
    public TimeSpan StopDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The folder that holds each plugin's own data, by plugin name; relative to the content root. Default: <c>.cloudsage/data</c>.</summary>
    public string DataDirectory { get; set; } = Path.Combine(".cloudsage", "data");

    /// <summary>Settings by plugin name, then by key: they overlay the defaults of the manifest.</summary>
    public Dictionary<string, Dictionary<string, string>> Settings { get; } = new(StringComparer.OrdinalIgnoreCase);
}
