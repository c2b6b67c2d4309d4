namespace CloudSage.PluginHost.Staging;

/// <summary>Where the host keeps the plugin files that it verified and loads.</summary>
public sealed class StagingOptions
{
    /// <summary>
    /// The store's directory; made where it is missing, used by one host at a time. Relative paths are relative to the process' working directory
    /// unless the host says otherwise. Default <c>.cloudsage/store</c>.
    /// </summary>
    public string StoreDirectory { get; set; } = Path.Combine(".cloudsage", "store");
}
