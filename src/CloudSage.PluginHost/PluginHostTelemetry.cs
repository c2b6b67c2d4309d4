namespace CloudSage.PluginHost;

/// <summary>The names under which the engine reports metrics and traces.</summary>
public static class PluginHostTelemetry
{
    /// <summary>The name of the engine's <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string MeterName = "CloudSage.PluginHost";

    /// <summary>The name of the engine's <see cref="System.Diagnostics.ActivitySource"/>.</summary>
    public const string ActivitySourceName = "CloudSage.PluginHost";
}
