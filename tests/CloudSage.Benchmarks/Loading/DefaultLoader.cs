using System.Runtime.CompilerServices;
using CloudSage.Plugins;
using McMasterLoader = McMaster.NETCore.Plugins.PluginLoader;

namespace CloudSage.Benchmarks.Loading;

/// <summary>McMaster's loader as its documentation shows it.</summary>
internal sealed class DefaultLoader(string assembly) : ILoadContender
{
    public string Name => "PluginLoader.CreateFromAssemblyFile";

    [MethodImpl(MethodImplOptions.NoInlining)]
    public ValueTask<ILoaded> LoadAsync()
    {
        var loader = McMasterLoader.CreateFromAssemblyFile(assembly, isUnloadable: true, sharedTypes: [typeof(PluginContext)]);
        ContextLoad.CallFirst(loader.LoadDefaultAssembly());
        return ValueTask.FromResult<ILoaded>(new Loaded(loader));
    }

    private sealed class Loaded(McMasterLoader loader) : ILoaded
    {
        public ValueTask UnloadAsync()
        {
            loader.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
