using CloudSage.PluginHost;

namespace CloudSage.UnitTests.Analysis;

/// <summary>A host that only lists plugins.</summary>
internal sealed class EmptyHost(params IReadOnlyList<PluginStatus> plugins) : IPluginHost
{
    public IReadOnlyList<PluginStatus> Plugins => plugins;

    public PluginStatus? Find(string name) => plugins.FirstOrDefault(plugin => plugin.Name == name);

    public IAsyncEnumerable<PluginEvent> WatchAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<PluginEvent>();

    public Task SynchronizeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<CommandOutcome> EnableAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CommandOutcome> DisableAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CommandOutcome> RetryAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<PluginDiagnosis> DiagnoseAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();
}
