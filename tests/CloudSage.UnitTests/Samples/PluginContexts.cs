using CloudSage.Plugins;

namespace CloudSage.UnitTests.Samples;

/// <summary>Contexts as a host gives them to plugins.</summary>
internal static class PluginContexts
{
    public static PluginContext With(params (string Key, string Value)[] settings) => new(
        "sample", "1.0.0", new PluginSettings(settings.Select(s => KeyValuePair.Create(s.Key, s.Value))), "/plugin", "/data", CancellationToken.None);
}
