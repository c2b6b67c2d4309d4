using System.Reflection;

namespace CloudSage.Plugins.Testing;

/// <summary>The plugin that a test project names: a project reference with <c>OutputItemType="PluginUnderTest"</c>.</summary>
public static class PluginUnderTest
{
    /// <summary>Where the plugin was built. The targets of this package write it into the test assembly.</summary>
    /// <typeparam name="TTests">A type of the test assembly.</typeparam>
    /// <returns>The path of its DLL, for <see cref="PluginTestHost.StartAsync"/>.</returns>
    /// <exception cref="InvalidOperationException">The test project names no plugin, or several.</exception>
    public static string PathOf<TTests>()
    {
        var named = typeof(TTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Where(static a => a.Key == nameof(PluginUnderTest)).Select(static a => a.Value).OfType<string>().ToList();
        return named is [var path]
            ? path
            : throw new InvalidOperationException(
                $"{typeof(TTests).Assembly.GetName().Name} names {named.Count} plugins, not one: its project needs one reference to the plugin's project with ReferenceOutputAssembly=\"false\" and OutputItemType=\"PluginUnderTest\".");
    }
}
