using Microsoft.Extensions.Hosting;

namespace CloudSage.Cli.Sessions;

/// <summary>Leaves Ctrl-C to the command line, which cancels the command.</summary>
internal sealed class SessionLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
