using System.Reflection;
using CloudSage.PluginHost.Manifests;
using Microsoft.Extensions.Configuration;

namespace CloudSage.PluginHost.Hosting;

/// <summary>
/// Says of a configuration section, before it is bound, which keys are no options and which values an option does not have: everything at once, each by its whole path.
/// The binder names the first alone, and neither the section nor what may be written.
/// </summary>
internal static class SectionKeys
{
    /// <summary>Looks at a section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="options">The type that it is bound to.</param>
    /// <exception cref="InvalidOperationException">Something in it is wrong.</exception>
    public static void Demand(IConfiguration section, Type options)
    {
        string[] wrong = [.. Check(section, options)];
        if (wrong.Length > 0) throw new InvalidOperationException(string.Join(" ", wrong));
    }

    private static IEnumerable<string> Check(IConfiguration section, Type options)
    {
        var known = options.GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(static p => p.Name, StringComparer.OrdinalIgnoreCase);
        return section.GetChildren().SelectMany(key => known.TryGetValue(key.Key, out var option) ? Check(key, option.PropertyType, options.Assembly)
            : [$"{key.Path} is no option. {NearestName.Suggest(key.Key, known.Keys)}"]);
    }

    private static IEnumerable<string> Check(IConfigurationSection key, Type type, Assembly own)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        if (value.IsEnum)
        {
            return string.IsNullOrEmpty(key.Value) || Enum.TryParse(value, key.Value, ignoreCase: true, out _) ? []
                : [$"{key.Path} is '{key.Value}', but must be one of: {string.Join(", ", Enum.GetNames(value))}."];
        }

        // Lists and dictionaries are .NET's: their keys are whatever is written.
        return value.IsClass && value.Assembly == own ? Check(key, value) : [];
    }
}
