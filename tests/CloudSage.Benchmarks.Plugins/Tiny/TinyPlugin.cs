using CloudSage.Plugins.Commands;

namespace CloudSage.Benchmarks.Plugins.Tiny;

/// <summary>Answers at once and allocates nothing.</summary>
public sealed class TinyPlugin : ICommandHandler
{
    private readonly CommandResult _done = new(true);

    public ValueTask<CommandResult> ExecuteAsync(CommandRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(_done);
}
