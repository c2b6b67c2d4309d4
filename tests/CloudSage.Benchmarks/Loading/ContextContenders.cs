using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using CloudSage.Benchmarks.Plugins;
using CloudSage.PluginHost.Loading;
using CloudSage.Plugins.Commands;
using McMaster.NETCore.Plugins.Loader;

namespace CloudSage.Benchmarks.Loading;

/// <summary>The floor: a collectible context that finds private assemblies beside the entry assembly, and nothing else.</summary>
internal sealed class RawContext(string assembly) : ILoadContender
{
    public string Name => "collectible context";

    public ValueTask<ILoaded> LoadAsync() => ContextLoad.RunAsync(new Context(Path.GetDirectoryName(assembly)!), assembly);

    private sealed class Context(string folder) : AssemblyLoadContext(isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName name)
        {
            if (ContextLoad.IsShared(name.Name!)) return null;
            var path = Path.Combine(folder, name.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}

/// <summary>The documented way: the same with the runtime's resolver, which reads the deps.json.</summary>
internal sealed class ResolverContext(string assembly) : ILoadContender
{
    public string Name => "with AssemblyDependencyResolver";

    public ValueTask<ILoaded> LoadAsync() => ContextLoad.RunAsync(new Context(assembly), assembly);

    private sealed class Context(string assembly) : AssemblyLoadContext(isCollectible: true)
    {
        private readonly AssemblyDependencyResolver _resolver = new(assembly);

        protected override Assembly? Load(AssemblyName name)
            => !ContextLoad.IsShared(name.Name!) && _resolver.ResolveAssemblyToPath(name) is { } path ? LoadFromAssemblyPath(path) : null;
    }
}

/// <summary>McMaster's context builder, used lean.</summary>
internal sealed class LeanBuilder(string assembly, SharedAssemblies shared) : ILoadContender
{
    public string Name => "McMaster's builder, lean";

    public ValueTask<ILoaded> LoadAsync()
    {
        var builder = new AssemblyLoadContextBuilder()
            .SetMainAssemblyPath(assembly)
            .SetDefaultContext(AssemblyLoadContext.Default)
            .IsLazyLoaded(true)
            .EnableUnloading();
        foreach (var name in shared.Names) builder.PreferDefaultLoadContextAssembly(name);
        return ContextLoad.RunAsync(builder.Build(), assembly);
    }
}

/// <summary>From a context to the first answer, and back.</summary>
internal sealed class ContextLoad : ILoaded
{
    private AssemblyLoadContext? _context;

    private ContextLoad(AssemblyLoadContext context) => _context = context;

    public static bool IsShared(string name)
        => name is "CloudSage.Plugins.Abstractions" or "Microsoft.Extensions.DependencyInjection.Abstractions" or "Microsoft.Extensions.Logging.Abstractions";

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ValueTask<ILoaded> RunAsync(AssemblyLoadContext context, string path)
    {
        CallFirst(context.LoadFromAssemblyPath(path));
        return ValueTask.FromResult<ILoaded>(new ContextLoad(context));
    }

    /// <summary>Finds the entry type, as whoever loads plugins must, and calls it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void CallFirst(Assembly assembly)
    {
        var type = assembly.GetTypes().First(static t => t.IsPublic && typeof(ICommandHandler).IsAssignableFrom(t));
        var handler = (ICommandHandler)Activator.CreateInstance(type)!;
        var answer = handler.ExecuteAsync(Commands.Request, CancellationToken.None);
        if (!answer.IsCompletedSuccessfully || !answer.Result.Succeeded) throw new InvalidOperationException("The plugin did not answer.");
        (handler as IDisposable)?.Dispose();
    }

    public ValueTask UnloadAsync()
    {
        _context!.Unload();
        _context = null;
        return ValueTask.CompletedTask;
    }
}
