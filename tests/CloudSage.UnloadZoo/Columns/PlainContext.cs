using System.Reflection;
using System.Runtime.Loader;
using CloudSage.Plugins;
using CloudSage.Zoo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudSage.UnloadZoo.Columns;

/// <summary>What every tutorial shows: a collectible context that resolves by the plugin's deps.json and shares the contracts.</summary>
/// <param name="path">The plugin's entry assembly.</param>
internal sealed class PlainContext(string path) : AssemblyLoadContext(Path.GetFileName(path), isCollectible: true)
{
    private static readonly HashSet<string?> Shared =
    [
        typeof(IZoo).Assembly.GetName().Name, typeof(PluginContext).Assembly.GetName().Name,
        typeof(IServiceCollection).Assembly.GetName().Name, typeof(ILogger).Assembly.GetName().Name,
    ];

    private readonly AssemblyDependencyResolver _resolver = new(path);

    protected override Assembly? Load(AssemblyName assemblyName)
        => !Shared.Contains(assemblyName.Name) && _resolver.ResolveAssemblyToPath(assemblyName) is { } file ? LoadFromAssemblyPath(file) : null;

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
        => _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } file ? LoadUnmanagedDllFromPath(file) : 0;
}
