using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Private parts of the runtime that evictors look into. One that this runtime does not have is logged once and skipped, never
/// thrown. Only assemblies of the default context are looked at, and only where they are loaded: what is not loaded holds nothing.
/// </summary>
internal sealed class RuntimeShapes : IDisposable
{
    private const BindingFlags Any = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly ConcurrentDictionary<string, MemberInfo?> _known = new(StringComparer.Ordinal);
    private readonly ILogger _logger;

    // What is not loaded is asked for again at every unload: looking through thousands of assemblies is done once for each of the host's loads.
    private readonly ConcurrentDictionary<string, int> _absent = new(StringComparer.Ordinal);
    private int _loads;

    /// <summary>Goes up with every assembly that the host loads.</summary>
    public int Loads => Volatile.Read(ref _loads);

    public RuntimeShapes(ILogger<RuntimeShapes> logger)
    {
        _logger = logger;
        AppDomain.CurrentDomain.AssemblyLoad += OnLoaded;
    }

    /// <summary>Finds a type of the runtime's. Null where its assembly is not loaded, or where it has no such type.</summary>
    public Type? Type(string assembly, string type)
    {
        var key = $"{type}, {assembly}";
        if (_known.TryGetValue(key, out var known)) return (Type?)known;
        return Find(assembly) is { } loaded ? (Type?)Remember(key, loaded.GetType(type, throwOnError: false)) : null;
    }

    /// <summary>Finds a field, by the first of its names that the type has.</summary>
    public FieldInfo? Field(Type? type, params ReadOnlySpan<string> names)
    {
        if (type is null) return null;
        var key = $"{type.FullName}.{string.Join('|', names)}";
        if (_known.TryGetValue(key, out var known)) return (FieldInfo?)known;
        FieldInfo? found = null;
        foreach (var name in names) found ??= type.GetField(name, Any);
        return (FieldInfo?)Remember(key, found);
    }

    /// <summary>Finds a method that is not overloaded.</summary>
    public MethodInfo? Method(Type? type, string name)
    {
        if (type is null) return null;
        var key = $"{type.FullName}.{name}()";
        return (MethodInfo?)(_known.TryGetValue(key, out var known) ? known : Remember(key, type.GetMethod(name, Any)));
    }

    /// <summary>Finds one of several methods of a name, by how many parameters it has.</summary>
    public MethodInfo? Method(Type? type, string name, int parameters)
    {
        if (type is null) return null;
        var key = $"{type.FullName}.{name}({parameters})";
        if (_known.TryGetValue(key, out var known)) return (MethodInfo?)known;
        return (MethodInfo?)Remember(key, Array.Find(type.GetMethods(Any), m => m.Name == name && m.GetParameters().Length == parameters));
    }

    public void Dispose() => AppDomain.CurrentDomain.AssemblyLoad -= OnLoaded;

    private Assembly? Find(string name)
    {
        var loads = Loads;
        if (_absent.TryGetValue(name, out var at) && at == loads) return null;
        var start = name + ",";
        var found = AssemblyLoadContext.Default.Assemblies.FirstOrDefault(a => a.FullName!.StartsWith(start, StringComparison.Ordinal));
        if (found is null) _absent[name] = loads;
        return found;
    }

    private void OnLoaded(object? sender, AssemblyLoadEventArgs load)
    {
        if (!load.LoadedAssembly.IsCollectible) Interlocked.Increment(ref _loads);
    }

    private MemberInfo? Remember(string key, MemberInfo? found)
    {
        // A collectible type here would be a plugin's: it would be kept in memory by this very dictionary.
        if (found is { DeclaringType.IsCollectible: true } or System.Type { IsCollectible: true }) return found;
        if (_known.TryAdd(key, found) && found is null) _logger.ShapeMissing(key, Environment.Version.ToString());
        return found;
    }
}
