using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using CloudSage.PluginHost.Verification;
using McMaster.NETCore.Plugins.Loader;

namespace CloudSage.PluginHost.Loading;

/// <summary>
/// Loads a verified plugin from the store into a collectible context of its own. McMaster's builder gives context and resolution, save where there is
/// nothing to resolve; its hot reload and its loading from memory are not used (docs/adr/0001, 0015).
/// </summary>
internal sealed class PluginLoader(SharedAssemblies shared, NativeLibraries natives)
{
    private readonly HostContext _host = new(shared);

    /// <summary>Loads the plugin, or says why it cannot be. After a failure nothing stays loaded.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public StageResult<LoadedPlugin> Load(PluginDescriptor plugin)
    {
        AssemblyLoadContext? context = null;
        var loaded = false;
        natives.Enter(plugin);
        try
        {
            context = BuildContext(plugin);
            var assembly = context.LoadFromAssemblyPath(plugin.EntryPath);
            var entry = PluginEntry.Find(assembly, plugin.Manifest.EntryType);
            if (entry.Value is null) return StageResult<LoadedPlugin>.Failure(entry.Findings);
            var undeclared = UndeclaredPoints(plugin, entry.Value).ToArray();
            if (undeclared.Length > 0) return StageResult<LoadedPlugin>.Failure(undeclared);
            loaded = true;
            return StageResult<LoadedPlugin>.Success(new LoadedPlugin(context, entry.Value, entry.Findings), entry.Findings);
        }
        catch (Exception e) when (e is BadImageFormatException or IOException or InvalidOperationException or TypeLoadException)
        {
            // What the runtime and the resolver throw for files that they cannot load; text is all that is kept.
            return StageResult<LoadedPlugin>.Failure(Finding.Error(LoadingCodes.CannotLoad,
                $"{plugin.Manifest.EntryPoint} cannot be loaded: {e.Message}",
                "Rebuild and publish the plugin for this host's framework.", plugin.Manifest.Locate("entry_point")));
        }
        finally
        {
            if (!loaded)
            {
                // No code of it has run, so nothing native of it is mapped.
                if (natives.Leave(plugin, []) is { } unused) natives.GiveBack(plugin.Name, unused);
                context?.Unload();
            }
        }
    }

    private AssemblyLoadContext BuildContext(PluginDescriptor plugin)
    {
        if (plugin.FlatAssemblies is { } own) return new FlatContext(plugin.EntryPath, own, shared);
        var builder = new AssemblyLoadContextBuilder()
            .SetMainAssemblyPath(plugin.EntryPath)
            .SetDefaultContext(_host)
            .IsLazyLoaded(true)
            .EnableUnloading();
        foreach (var name in shared.Names)
            builder.PreferDefaultLoadContextAssembly(name);
        return builder.Build();
    }

    private static IEnumerable<Finding> UndeclaredPoints(PluginDescriptor plugin, PluginEntry entry)
    {
        for (var i = 0; i < plugin.Manifest.ExtensionPoints.Count; i++)
        {
            var declared = plugin.Manifest.ExtensionPoints[i].Point;
            if (entry.ExtensionPoints.Any(p => p.Name == declared)) continue;
            yield return Finding.Error(LoadingCodes.DeclaredPointMissing,
                $"The manifest declares {declared}, but {entry.Type.FullName} implements {string.Join(", ", entry.ExtensionPoints.Select(static p => p.Name))}.",
                $"Implement I{declared}, or take the line out of extension_points.", plugin.Manifest.Locate($"extension_points[{i}]"));
        }
    }
}
