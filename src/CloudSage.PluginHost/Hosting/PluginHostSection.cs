using Microsoft.Extensions.Configuration;

namespace CloudSage.PluginHost.Hosting;

/// <summary>
/// A part of the configuration section of the plugin host that a package binds to options of its own, such as <c>Advisories</c>. Register it as a service; what is neither the
/// engine's nor registered is refused as unknown.
/// </summary>
/// <param name="Name">The part's name below the section.</param>
public sealed record PluginHostSection(string Name)
{
    /// <summary>Refuses keys that are no options and values that an option does not have, in words for whoever wrote them. To be called before the section is bound.</summary>
    /// <typeparam name="TOptions">The options that the section is bound to.</typeparam>
    /// <param name="section">The section.</param>
    /// <exception cref="InvalidOperationException">Something in it is wrong: the message names all of it, and what may be written.</exception>
    public static void Demand<TOptions>(IConfigurationSection section) where TOptions : class => SectionKeys.Demand(section, typeof(TOptions));

    /// <summary>Binds what is the engine's own.</summary>
    internal static void Bind(IConfigurationSection section, PluginHostOptions options, IEnumerable<PluginHostSection> others)
    {
        var names = others.Select(static o => o.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        // With its path, by which errors name what is wrong.
        var own = section.AsEnumerable(makePathsRelative: true).Where(pair => !names.Contains(pair.Key.Split(ConfigurationPath.KeyDelimiter)[0]))
            .Select(pair => KeyValuePair.Create(ConfigurationPath.Combine(section.Path, pair.Key), pair.Value));
        var bound = new ConfigurationBuilder().AddInMemoryCollection(own).Build().GetSection(section.Path);
        SectionKeys.Demand(bound, typeof(PluginHostOptions));
        bound.Bind(options, static binder => binder.ErrorOnUnknownConfiguration = true);
    }
}
