using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using CloudSage.Benchmarks.Loading;
using CloudSage.Benchmarks.Measuring;
using CloudSage.Benchmarks.Plugins;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Unloading;
using CloudSage.Plugins.Commands;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudSage.Benchmarks.Soak;

/// <summary>
/// The floor: the same plugin, always from the same files, in a plain collectible context without a host. Only the engine's evictors are run,
/// without which no version would leave. What grows here is the runtime's.
/// </summary>
internal sealed class UpgradedContext : IUpgraded
{
    private const int MostCollections = 10;

    private readonly WorkFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddPluginHost().BuildServiceProvider();
    private readonly PluginEviction _eviction;
    private readonly string _assembly;
    private AssemblyLoadContext? _current;

    public UpgradedContext(BuiltPlugin plugin)
    {
        _eviction = _services.GetRequiredService<PluginEviction>();
        _assembly = Path.Combine(plugin.CopyTo(Folder), Path.GetFileName(plugin.Assembly));
    }

    public string Folder => _folder["plugin"];

    public async Task<Upgrade> NextAsync(int version)
    {
        var old = _current;
        _current = new Context(_assembly);
        var served = await CallAsync(_current);
        if (old is null) return new Upgrade(served, Left: true, 0);
        var gone = Unload(ref old);
        var collections = 0;
        for (; gone.IsAlive && collections < MostCollections; collections++) Heap.Collect();
        return new Upgrade(served, !gone.IsAlive, collections);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Only the task comes out: nothing of the plugin may stay in a state machine.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Task<bool> CallAsync(AssemblyLoadContext context)
    {
        var type = context.LoadFromAssemblyPath(_assembly).GetTypes().First(static t => t.IsPublic && typeof(ICommandHandler).IsAssignableFrom(t));
        object[] services = [.. type.GetConstructors().Single().GetParameters().Select(static p => p.ParameterType.GenericTypeArguments)
            .Select(static t => Activator.CreateInstance(typeof(NullLogger<>).MakeGenericType(t))!)];
        var handler = (ICommandHandler)Activator.CreateInstance(type, services)!;
        return Task.Run(async () => (await handler.ExecuteAsync(Commands.Request, CancellationToken.None)).Succeeded);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Unload(ref AssemblyLoadContext? context)
    {
        var gone = new WeakReference(context, trackResurrection: true);
        _eviction.Run(new Departure("upgraded", "1", Stopwatch.GetTimestamp()), context!);
        context!.Unload();
        context = null;
        return gone;
    }

    private sealed class Context(string assembly) : AssemblyLoadContext(isCollectible: true)
    {
        private readonly AssemblyDependencyResolver _resolver = new(assembly);

        protected override Assembly? Load(AssemblyName name)
            => !ContextLoad.IsShared(name.Name!) && _resolver.ResolveAssemblyToPath(name) is { } path ? LoadFromAssemblyPath(path) : null;

        protected override nint LoadUnmanagedDll(string name) => _resolver.ResolveUnmanagedDllToPath(name) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
    }
}
