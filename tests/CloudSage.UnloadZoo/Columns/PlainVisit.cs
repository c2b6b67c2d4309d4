using System.Runtime.CompilerServices;
using CloudSage.Plugins;
using CloudSage.Zoo;

namespace CloudSage.UnloadZoo.Columns;

/// <summary>A plugin in a plain context, from its load to its unload. Holds it until then.</summary>
internal sealed class PlainVisit : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private PlainContext? _context;
    private IZoo? _plugin;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public PlainVisit(string path, IServiceProvider services)
    {
        _context = new PlainContext(path);
        var type = _context.LoadFromAssemblyPath(path).GetType("CloudSage.Zoo.Keeper", throwOnError: true)!;
        var folder = Path.GetDirectoryName(path)!;
        var context = new PluginContext("zoo", "1.0.0", PluginSettings.Empty, folder, Path.Combine(Path.GetTempPath(), "zoo-data"), _stopping.Token);
        _plugin = (IZoo)Activator.CreateInstance(type, context, services)!;
    }

    /// <summary>Runs a scenario and waits for it; what it throws comes out.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public string Run(string scenario, Habitat habitat, int times = 1) => _plugin!.RunAsync(scenario, habitat, times).AsTask().GetAwaiter().GetResult();

    /// <summary>Stops and disposes the plugin, and starts the unload.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public WeakReference Leave()
    {
        _stopping.Cancel();
        ((IAsyncDisposable)_plugin!).DisposeAsync().AsTask().GetAwaiter().GetResult();
        var context = new WeakReference(_context, trackResurrection: true);
        _context!.Unload();
        (_plugin, _context) = (null, null);
        return context;
    }

    public void Dispose() => _stopping.Dispose();
}
