namespace CloudSage.PluginHost.Hosting;

/// <summary>What the host reports about itself.</summary>
internal static class HostingCodes
{
    /// <summary>A plugin threw on a thread or in an <c>async void</c> of its own. The host caught it and goes on; mend the plugin.</summary>
    public const string ThrewUnhandled = "CSG2101";
}
