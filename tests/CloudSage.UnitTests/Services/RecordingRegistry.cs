using System.Collections.Concurrent;
using CloudSage.PluginHost.Services;

namespace CloudSage.UnitTests.Services;

/// <summary>Remembers what it was told, and does with a call what the test says.</summary>
internal sealed class RecordingRegistry : IServiceRegistry
{
    private int _inside;

    /// <summary>What was made known; null where it was taken back.</summary>
    public ConcurrentQueue<HostServices?> Known { get; } = new();

    /// <summary>How often it was called, whatever came of it.</summary>
    public int Calls => _calls;

    /// <summary>Whether it was ever called while it worked.</summary>
    public bool WasCrowded { get; private set; }

    public Func<CancellationToken, Task> Working { get; set; } = static _ => Task.CompletedTask;

    private int _calls;

    public Task PublishAsync(HostServices services, CancellationToken cancellationToken) => WorkAsync(services, cancellationToken);

    public Task WithdrawAsync(ServiceHost host, CancellationToken cancellationToken) => WorkAsync(null, cancellationToken);

    private async Task WorkAsync(HostServices? services, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _inside) > 1) WasCrowded = true;
        Interlocked.Increment(ref _calls);
        try
        {
            await Working(cancellationToken);
            Known.Enqueue(services);
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }
}
