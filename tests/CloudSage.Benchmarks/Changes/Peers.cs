using System.Diagnostics;
using CloudSage.Benchmarks.Loading;
using CloudSage.Benchmarks.Measuring;
using CloudSage.Benchmarks.Plugins;
using CloudSage.Plugins;
using McMasterLoader = McMaster.NETCore.Plugins.PluginLoader;

namespace CloudSage.Benchmarks.Changes;

/// <summary>The floor of a hot add: a change signal, and whatever is there is loaded. Nothing is checked, copied or hashed.</summary>
internal sealed class SignalAndLoad : IDisposable
{
    private readonly WorkFolder _folder = new();
    private readonly FileSystemWatcher _watcher;
    private TaskCompletionSource<string> _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SignalAndLoad()
    {
        Directory.CreateDirectory(_folder["plugins"]);
        _watcher = new FileSystemWatcher(_folder["plugins"]) { NotifyFilter = NotifyFilters.DirectoryName, EnableRaisingEvents = true };
        _watcher.Created += (_, e) => _seen.TrySetResult(e.FullPath);
    }

    public Durations Served { get; } = new();

    public async Task RunAsync(int number)
    {
        var source = BuiltPlugin.Tiny.CopyTo(_folder[$"outside-{number}"]);
        _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = Stopwatch.GetTimestamp();
        Directory.Move(source, Path.Combine(_folder["plugins"], $"added-{number}"));
        var loaded = await new RawContext(Path.Combine(await _seen.Task, "Tiny.dll")).LoadAsync();
        Served.Add(started);
        await loaded.UnloadAsync();
    }

    public void Dispose()
    {
        _watcher.Dispose();
        _folder.Dispose();
    }
}

/// <summary>McMaster's hot reload with its default debounce. It cannot add; it reloads what it was told of.</summary>
internal sealed class HotReload : IDisposable
{
    private readonly WorkFolder _folder = new();
    private readonly McMasterLoader _loader;
    private TaskCompletionSource _reloaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HotReload()
    {
        Assembly = Path.Combine(BuiltPlugin.Tiny.CopyTo(_folder["plugin"]), "Tiny.dll");
        _loader = McMasterLoader.CreateFromAssemblyFile(Assembly, isUnloadable: true, [typeof(PluginContext)], static o => o.EnableHotReload = true);
        ContextLoad.CallFirst(_loader.LoadDefaultAssembly());
        _loader.Reloaded += (_, _) => _reloaded.TrySetResult();
    }

    public Durations Served { get; } = new();

    private string Assembly { get; }

    public async Task RunAsync()
    {
        _reloaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = Stopwatch.GetTimestamp();
        File.Copy(BuiltPlugin.Tiny.Assembly, Assembly, overwrite: true);
        await _reloaded.Task;
        ContextLoad.CallFirst(_loader.LoadDefaultAssembly());
        Served.Add(started);
    }

    public void Dispose()
    {
        _loader.Dispose();
        _folder.Dispose();
    }
}
