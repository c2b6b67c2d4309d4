using System.Collections.Concurrent;
using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Capabilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudSage.IntegrationTests.Harness;

/// <summary>The host service behind the capability to publish alerts.</summary>
internal sealed class RecordedAlerts : IAlertPublisher
{
    private readonly ConcurrentQueue<Alert> _published = new();

    public IReadOnlyList<Alert> Published => [.. _published];

    public void AddTo(HostApplicationBuilder builder) => builder.Services.AddSingleton<IAlertPublisher>(this);

    public ValueTask<bool> PublishAsync(Alert alert, CancellationToken cancellationToken)
    {
        _published.Enqueue(alert);
        return ValueTask.FromResult(true);
    }
}
