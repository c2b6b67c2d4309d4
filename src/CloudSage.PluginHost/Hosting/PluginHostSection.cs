using Microsoft.Extensions.Configuration;

namespace CloudSage.PluginHost.Hosting;

/// <summary>
/// A part of the configuration section of the plugin host that a package binds to options of its own, such as <c>Advisories</c>. Register it as a service; what is neither the
/// engine's nor registered is refused as unknown.
/// </summary>
/// <param name="Name">The part's name below the section.</param>
public sealed record PluginHostSection(string Name)
{
    /// <summary>Binds what is the engine's own.</summary>
    internal static void Bind(IConfigurationSection section, PluginHostOptions options, IEnumerable<PluginHostSection> others)
    {
        var names = others.Select(static o => o.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var own = section.AsEnumerable(makePathsRelative: true).Where(pair => !names.Contains(pair.Key.Split(ConfigurationPath.KeyDelimiter)[0]));
        new ConfigurationBuilder().AddInMemoryCollection(own).Build().Bind(options, static binder => binder.ErrorOnUnknownConfiguration = true);
    }
}
