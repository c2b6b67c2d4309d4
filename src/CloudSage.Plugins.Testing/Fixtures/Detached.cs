using CloudSage.Plugins.Serialization;

namespace CloudSage.Plugins.Testing.Fixtures;

/// <summary>
/// Takes a plugin's answer out of the plugin's reach: a record of the contract may hold lists of types that the compiler made in the plugin's
/// assembly, and whoever keeps one keeps the plugin in memory.
/// </summary>
internal static class Detached
{
    public static T Copy<T>(T value) => PluginJson.Deserialize<T>(PluginJson.Serialize(value))!;
}
