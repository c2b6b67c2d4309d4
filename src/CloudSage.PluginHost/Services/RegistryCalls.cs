using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Services;

/// <summary>Calls one registry, which is somebody else's code: one call at a time, each within its deadline, and says once when it fails and when it works again.</summary>
internal sealed class RegistryCalls(IServiceRegistry registry, ServicePublishingOptions options, TimeProvider clock, ILogger logger)
{
    private Task _last = Task.CompletedTask;
    private bool _fails;

    /// <summary>Whether the call succeeded.</summary>
    public async Task<bool> TryAsync(Func<IServiceRegistry, CancellationToken, Task> call, CancellationToken stopping)
    {
        try
        {
            // One that ignored its deadline may end late, and must not end after the next.
            if (!_last.IsCompleted) throw new TimeoutException("An earlier call has not ended.");
            using var limit = new CancellationTokenSource(options.Deadline, clock);
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
            var token = deadline.Token;
            var running = Task.Run(() => call(registry, token), CancellationToken.None);
            _last = Ended(running);
            await running.WaitAsync(options.Deadline, clock, CancellationToken.None).ConfigureAwait(false);
            if (_fails) logger.PublishedAgain(registry.GetType().Name);
            _fails = false;
            return true;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops, and takes everything back next.
            return false;
        }
        catch (Exception e)
        {
            // Whatever it is, no plugin is to suffer from it: it is tried again.
            if (!_fails) logger.NotPublished(Failure(e));
            _fails = true;
            return false;
        }
    }

    /// <summary>The same at the end, when nobody tries again: one that still works on an earlier call has its deadline to end it.</summary>
    public async Task<bool> TryLastAsync(Func<IServiceRegistry, CancellationToken, Task> call)
    {
        await _last.WaitAsync(options.Deadline, clock, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await TryAsync(call, CancellationToken.None).ConfigureAwait(false);
    }

    private Finding Failure(Exception e) => Finding.Warning(ServiceCodes.NotPublished,
        $"The service registry {registry.GetType().Name} did not take what this host serves: {Reason(e)}",
        "See to the registry. The plugins go on, and it is tried again after growing pauses.");

    private string Reason(Exception e) => e is OperationCanceledException ? $"it took longer than {options.Deadline}." : $"{e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}";

    private static async Task Ended(Task call) => await call.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
