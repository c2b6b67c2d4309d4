using System.Runtime.InteropServices;
using CloudSage.Cli.Codes;

namespace CloudSage.Cli;

/// <summary>
/// Ctrl-C and SIGTERM. The first tells the command to end, which it does in order; a second one, or a while without an end, ends the process as it is: what is on
/// disk is completed or cleared by the next command.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>What waits for something that never comes, such as a pipe that nobody writes to, cannot be told to end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;
    private readonly ITimer _patience;
    private int _exitCode;

    /// <param name="clock">The clock.</param>
    /// <param name="abandon">Ends the process with an exit code, whatever it is at.</param>
    public Interruption(TimeProvider clock, Action<int> abandon)
    {
        _patience = clock.CreateTimer(_ => abandon(_exitCode), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Hear(context, ExitCodes.Interrupted, abandon)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Hear(context, ExitCodes.Terminated, abandon)),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>What a command that was ended answers; 0 where none was.</summary>
    public int ExitCode => Volatile.Read(ref _exitCode);

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
        _patience.Dispose();
        _source.Dispose();
    }

    private void Hear(PosixSignalContext context, int exitCode, Action<int> abandon)
    {
        // Not the runtime's way, which would end the process at once.
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref _exitCode, exitCode, 0) != 0)
        {
            abandon(exitCode);
            return;
        }

        _patience.Change(Patience, Timeout.InfiniteTimeSpan);
        _source.Cancel();
    }
}
