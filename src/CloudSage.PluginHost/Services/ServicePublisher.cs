using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Services;

/// <summary>Makes known what the host serves, to every registry by itself: one that hangs keeps no other waiting, and nobody else.</summary>
internal sealed class ServicePublisher : IDisposable
{
    private readonly RegistryFeed[] _feeds;
    private readonly CancellationTokenSource _stopping = new();

    public ServicePublisher(IEnumerable<IServiceRegistry> registries, ServiceHost host, ServicePublishingOptions options, TimeProvider clock, ILogger<ServicePublisher> logger)
        => _feeds = [.. registries.Select(r => new RegistryFeed(r, host, options, clock, logger))];

    /// <summary>Takes note of what is served now: one entry for each plugin.</summary>
    public void Show(IReadOnlyList<ServiceEntry> services)
    {
        foreach (var feed in _feeds) feed.Show(services);
    }

    /// <summary>Runs until <see cref="End"/>, and then until every registry has taken back what it knows, or had its time for it.</summary>
    public Task RunAsync() => Task.WhenAll(_feeds.Select(feed => feed.RunAsync(_stopping.Token)));

    /// <summary>The host serves nothing any more.</summary>
    public void End() => _stopping.Cancel();

    public void Dispose() => _stopping.Dispose();
}
