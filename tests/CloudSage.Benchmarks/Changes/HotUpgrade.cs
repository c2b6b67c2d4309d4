using System.Diagnostics;
using CloudSage.Benchmarks.Measuring;
using CloudSage.Benchmarks.Plugins;
using CloudSage.PluginHost;

namespace CloudSage.Benchmarks.Changes;

/// <summary>The files of a serving plugin are overwritten in place; ends with the first call that the new version serves.</summary>
internal sealed class HotUpgrade(RunningHost host, EventLog events)
{
    private const string Name = "upgraded";

    public Durations Served { get; } = new();

    public async Task StartAsync()
    {
        Directory.Move(BuiltPlugin.Tiny.CopyTo(Path.Combine(host.Outside, Name), Name, "1.0.0"), Folder);
        await events.UntilAsync(PluginEventKind.Added, Name);
    }

    public async Task RunAsync(int number)
    {
        var version = $"1.0.{number + 1}";
        events.Forget();
        var started = Stopwatch.GetTimestamp();
        File.Copy(BuiltPlugin.Tiny.Assembly, Path.Combine(Folder, Path.GetFileName(BuiltPlugin.Tiny.Assembly)), overwrite: true);
        BuiltPlugin.Tiny.WriteManifest(Folder, Name, version);
        await events.UntilAsync(PluginEventKind.Upgraded, Name, version);
        var answer = (await host.Broker.CallAsync(Name, Commands.Inline)).Checked();
        if (answer.Version != version) throw new InvalidOperationException($"{answer.Version} answered, not {version}.");
        Served.Add(started);
        await events.UntilAsync(PluginEventKind.Collected, Name);
    }

    private string Folder => Path.Combine(host.PluginDirectory, Name);
}
