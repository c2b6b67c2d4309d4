namespace CloudSage.PluginHost.Services;

/// <summary>What is said of making known what the host serves. Listed in docs/diagnostics.md.</summary>
internal static class ServiceCodes
{
    /// <summary>A service registry did not take what the host serves. The plugins go on. See to the registry; it is tried again.</summary>
    public const string NotPublished = "CSG2201";
}
