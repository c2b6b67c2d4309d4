using System.Reflection;
using System.Runtime.Loader;

namespace CloudSage.PluginHost.Loading;

/// <summary>
/// The load context of a plugin whose assemblies all lie beside its entry assembly. It resolves as McMaster's does, but from the names that
/// verification took down: neither the deps.json nor the folder is read again, which is half of what loading a small plugin costs (docs/adr/0015).
/// </summary>
internal sealed class FlatContext : AssemblyLoadContext
{
    private readonly string _folder;
    private readonly SharedAssemblies _shared;

    /// <summary>The plugin's own assemblies besides the entry; null where there are none.</summary>
    private readonly HashSet<string>? _own;

    /// <summary>Those of them that shared assemblies need too: the host's are preferred.</summary>
    private HashSet<string>? _neededByShared;

    public FlatContext(string entryPath, IReadOnlyList<string> own, SharedAssemblies shared) : base(Path.GetFileNameWithoutExtension(entryPath), isCollectible: true)
    {
        (_folder, _shared) = (Path.GetDirectoryName(entryPath)!, shared);
        if (own.Count > 0) _own = new HashSet<string>(own, StringComparer.OrdinalIgnoreCase);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is not { } name) return null;
        if (_shared.Find(name) is { } shared) return WithNeeds(shared);
        if (IsNeededByShared(name) && OfHost(assemblyName) is { } hosts) return WithNeeds(hosts);
        return string.IsNullOrEmpty(assemblyName.CultureName) && OwnPath(name) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        // A native DLL beside the entry assembly, with or without its extension, as the platform that has such would find it.
        var name = unmanagedDllName.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? unmanagedDllName[..^4] : unmanagedDllName;
        return OwnPath(name) is { } path ? LoadUnmanagedDllFromPath(path) : base.LoadUnmanagedDll(unmanagedDllName);
    }

    private string? OwnPath(string name) => _own is not null && _own.TryGetValue(name, out var file) ? Path.Combine(_folder, file + ".dll") : null;

    private bool IsNeededByShared(string name)
    {
        if (_own is null) return false;
        lock (_own) return _neededByShared?.Contains(name) == true;
    }

    private static Assembly? OfHost(AssemblyName name)
    {
        try
        {
            return SharedAssemblies.Context.LoadFromAssemblyName(name);
        }
        catch (Exception e) when (e is IOException or BadImageFormatException)
        {
            // The host has none, or an older one: the plugin's own is the next to try, and where it has none the runtime says so.
            return null;
        }
    }

    /// <summary>What a shared assembly needs must be the host's for the plugin too, or their types would not be the same.</summary>
    private Assembly WithNeeds(Assembly shared)
    {
        if (_own is not { } own) return shared;
        foreach (var reference in shared.GetReferencedAssemblies())
        {
            if (reference.Name is not { } needed || !own.Contains(needed)) continue;
            lock (own) (_neededByShared ??= new HashSet<string>(StringComparer.OrdinalIgnoreCase)).Add(needed);
        }

        return shared;
    }
}
