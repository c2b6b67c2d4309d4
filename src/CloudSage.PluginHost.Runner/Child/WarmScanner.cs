using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Runner.Child;

/// <summary>
/// The one child that scans, started when it is first needed and kept warm. Whoever dies or falls silent over a file is ended, and the next file gets a
/// new one. It ends after a time without work, and with this object.
/// </summary>
internal sealed class WarmScanner : IAsyncDisposable
{
    private readonly Func<ProcessStartInfo> _program;
    private readonly Func<string?> _obstacle;
    private readonly Func<ScannerLimits> _limits;
    private readonly TimeProvider _clock;
    private readonly ILogger<WarmScanner> _logger;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _idle;
    private ScanChild? _child;
    private bool _disposed;

    public WarmScanner(Func<ProcessStartInfo> program, Func<string?> obstacle, Func<ScannerLimits> limits, TimeProvider clock, ILogger<WarmScanner> logger)
    {
        (_program, _obstacle, _limits, _clock, _logger) = (program, obstacle, limits, clock, logger);
        _idle = clock.CreateTimer(_ => EndIdle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The child's process id; null where there is none.</summary>
    public int? ProcessId => _child?.Id;

    /// <summary>Starts the child ahead of the first file.</summary>
    public Task WarmUpAsync(CancellationToken cancellationToken) => InTurnAsync(async token => await StartedAsync(token).ConfigureAwait(false) ?? new ScanAnswer(ScanEnd.Report, null, string.Empty), cancellationToken);

    /// <summary>Has the child look into a file. Whatever becomes of the child is an answer.</summary>
    public Task<ScanAnswer> ScanAsync(string path, CancellationToken cancellationToken)
        => InTurnAsync(async token => await StartedAsync(token).ConfigureAwait(false) ?? await AskAsync(path, token).ConfigureAwait(false), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await _stop.CancelAsync().ConfigureAwait(false);
        // Whoever has the turn has been told to stop, and gives it back.
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        await _idle.DisposeAsync().ConfigureAwait(false);
        End();
        _turn.Dispose();
        _stop.Dispose();
    }

    private async Task<ScanAnswer> InTurnAsync(Func<CancellationToken, Task<ScanAnswer>> work, CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        await _turn.WaitAsync(ends.Token).ConfigureAwait(false);
        try
        {
            return await work(ends.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It may be in the midst of an answer that nobody will read.
            End();
            throw;
        }
        finally
        {
            if (_child is not null) _idle.Change(_limits().IdleTime, Timeout.InfiniteTimeSpan);
            _turn.Release();
        }
    }

    /// <returns>Null where the child is there; otherwise the answer in its place.</returns>
    private async Task<ScanAnswer?> StartedAsync(CancellationToken cancellationToken)
    {
        // It may have been ended while it had nothing to do: by the system for its memory, or by hand.
        if (_child is { HasExited: true }) End();
        if (_child is not null) return null;
        if (_obstacle() is { } obstacle) return new ScanAnswer(ScanEnd.NotStarted, null, obstacle);
        using var limit = new CancellationTokenSource(_limits().StartTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            _child = await ScanChild.StartAsync(_program(), either.Token).ConfigureAwait(false);
            _logger.ScannerStarted(_child.Id);
            return null;
        }
        catch (ScanChildException e)
        {
            // An answer: what cannot be looked into is not let in.
            return new ScanAnswer(ScanEnd.NotStarted, null, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The limit, not the caller.
            return new ScanAnswer(ScanEnd.NotStarted, null, $"It was not ready within {_limits().StartTimeout.TotalSeconds:0.#} s.");
        }
    }

    private async Task<ScanAnswer> AskAsync(string path, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_limits().FileTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return new ScanAnswer(ScanEnd.Report, await _child!.AskAsync(path, either.Token).ConfigureAwait(false), string.Empty);
        }
        catch (ScanChildException e)
        {
            // A verdict, by a file that was made for it or one too large: the plugin pays, not the host.
            return Lost(ScanEnd.Died, path, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The limit, not the caller.
            return Lost(ScanEnd.Silent, path, $"No answer within {_limits().FileTimeout.TotalSeconds:0.#} s.");
        }
    }

    private ScanAnswer Lost(ScanEnd end, string path, string reason)
    {
        _logger.ScannerLost(_child!.Id, path, reason);
        End();
        return new ScanAnswer(end, null, reason);
    }

    private void EndIdle()
    {
        // Whoever has the turn sets the clock anew.
        if (!_turn.Wait(0)) return;
        try
        {
            if (_child is not { } child) return;
            _logger.ScannerIdle(child.Id);
            End();
        }
        finally
        {
            _turn.Release();
        }
    }

    private void End()
    {
        _child?.Dispose();
        _child = null;
    }
}
