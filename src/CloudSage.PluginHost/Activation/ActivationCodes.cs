namespace CloudSage.PluginHost.Activation;

/// <summary>What can go wrong while a loaded plugin is made ready to serve.</summary>
internal static class ActivationCodes
{
    /// <summary>A setting is missing, unknown or out of its range. Correct it in the host's configuration.</summary>
    public const string BadSetting = "CSG1601";

    /// <summary>The plugin wants a capability whose permission its manifest does not ask for. Add the line that the message names.</summary>
    public const string PermissionNotDeclared = "CSG1603";

    /// <summary>The plugin asks for a permission that the operator has not granted. Grant it, or do without the plugin.</summary>
    public const string PermissionNotGranted = "CSG1604";

    /// <summary>The plugin wants a capability that this host does not offer.</summary>
    public const string CapabilityNotOffered = "CSG1605";

    /// <summary>The plugin threw while it was made or started: in a constructor, a static constructor, <c>ConfigureServices</c> or <c>StartAsync</c>. Mend it.</summary>
    public const string StartFailed = "CSG1606";

    /// <summary>The plugin did not become ready by the start deadline.</summary>
    public const string StartTimedOut = "CSG1607";

    /// <summary>The plugin says that it is not healthy.</summary>
    public const string Unhealthy = "CSG1608";

    /// <summary>The plugin wants a service that nobody registered. Register it in <c>IPluginStartup.ConfigureServices</c>.</summary>
    public const string ServiceMissing = "CSG1609";

    /// <summary>The plugin threw, or did not answer, while it was asked for its health.</summary>
    public const string HealthCheckFailed = "CSG1610";

    /// <summary>Work that the plugin runs in the background, or a tick of its timer, threw. Mend it; the log has its stack.</summary>
    public const string BackgroundFailed = "CSG1611";
}
