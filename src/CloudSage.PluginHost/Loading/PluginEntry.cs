using System.Reflection;
using CloudSage.Plugins;

namespace CloudSage.PluginHost.Loading;

/// <summary>A plugin's entry type and what it serves.</summary>
/// <param name="Type">The class.</param>
/// <param name="StartupType">The class that registers services; null where there is none.</param>
/// <param name="ExtensionPoints">The extension points it implements: host types, with their names.</param>
internal sealed record PluginEntry(Type Type, Type? StartupType, IReadOnlyList<ExtensionPointType> ExtensionPoints)
{
    /// <summary>Finds the entry type of an assembly, or says why there is none.</summary>
    public static StageResult<PluginEntry> Find(Assembly assembly, string? wanted)
    {
        Type[] types;
        try
        {
            types = assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            // The plugin's types need something that is not there; the loader's own words name it.
            var reasons = e.LoaderExceptions.Select(static x => x?.Message).OfType<string>().Distinct().Take(3);
            return StageResult<PluginEntry>.Failure(Finding.Error(LoadingCodes.CannotReadTypes,
                $"The types of {assembly.GetName().Name} cannot be loaded: {string.Join(" ", reasons)}",
                "Publish the plugin with all of its dependencies, built against this host's contract version."));
        }

        var startup = types.FirstOrDefault(static t => t is { IsClass: true, IsAbstract: false } && typeof(IPluginStartup).IsAssignableFrom(t));
        return wanted is null ? FindOnly(assembly, types, startup) : FindNamed(assembly, wanted, startup);
    }

    private static StageResult<PluginEntry> FindOnly(Assembly assembly, Type[] types, Type? startup)
    {
        var found = types.Where(static t => IsUsable(t))
            .Select(t => new PluginEntry(t, startup, ExtensionPointType.Of(t)))
            .Where(static e => e.ExtensionPoints.Count > 0)
            .OrderBy(static e => e.Type.FullName, StringComparer.Ordinal)
            .ToArray();
        return found switch
        {
            [var only] => StageResult<PluginEntry>.Success(only),
            [] => StageResult<PluginEntry>.Failure(Finding.Error(LoadingCodes.NoEntryType,
                $"No public class in {assembly.GetName().Name} implements an extension point.",
                "Implement one, such as ICostAnalysisHook, on a public, non-abstract, non-generic class.")),
            _ => StageResult<PluginEntry>.Failure(Finding.Error(LoadingCodes.SeveralEntryTypes,
                $"{found.Length} classes in {assembly.GetName().Name} implement extension points: {string.Join(", ", found.Select(static e => e.Type.FullName))}.",
                $"Add a line such as 'entry_type: {found[0].Type.FullName}' to the manifest.")),
        };
    }

    private static StageResult<PluginEntry> FindNamed(Assembly assembly, string wanted, Type? startup)
    {
        var type = assembly.GetType(wanted, throwOnError: false);
        if (type is null || !IsUsable(type))
        {
            return StageResult<PluginEntry>.Failure(Finding.Error(LoadingCodes.UnusableEntryType,
                $"The entry type '{wanted}' {(type is null ? $"is not in {assembly.GetName().Name}" : "is not a public, non-abstract, non-generic class")}.",
                "Correct 'entry_type' in the manifest: the full name with namespace, such as Contoso.Rightsizer."));
        }

        var points = ExtensionPointType.Of(type);
        return points.Count > 0
            ? StageResult<PluginEntry>.Success(new PluginEntry(type, startup, points))
            : StageResult<PluginEntry>.Failure(Finding.Error(LoadingCodes.NoEntryType,
                $"The entry type '{wanted}' implements no extension point.", "Implement one, such as ICostAnalysisHook."));
    }

    private static bool IsUsable(Type type) => type is { IsClass: true, IsAbstract: false, IsVisible: true, ContainsGenericParameters: false };
}

/// <summary>An extension point: a host interface and its name.</summary>
/// <param name="Type">The interface.</param>
/// <param name="Name">Its name in manifests and reports.</param>
internal sealed record ExtensionPointType(Type Type, string Name)
{
    /// <summary>The name of the extension point that an interface declares; empty where it is none.</summary>
    public static IEnumerable<string> Declared(Type type) => type.GetCustomAttribute<ExtensionPointAttribute>() is { } point ? [point.Name] : [];

    /// <summary>The extension points that a type implements, by name.</summary>
    public static IReadOnlyList<ExtensionPointType> Of(Type type) =>
    [
        .. type.GetInterfaces()
            .Select(static i => (Type: i, Point: i.IsCollectible ? null : i.GetCustomAttribute<ExtensionPointAttribute>()))
            .Where(static p => p.Point is not null)
            .Select(static p => new ExtensionPointType(p.Type, p.Point!.Name))
            .OrderBy(static p => p.Name, StringComparer.Ordinal),
    ];
}
