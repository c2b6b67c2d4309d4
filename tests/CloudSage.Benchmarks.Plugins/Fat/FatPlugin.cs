using CloudSage.Plugins.Commands;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json;

namespace CloudSage.Benchmarks.Plugins.Fat;

/// <summary>Uses one library for JSON and another for logging, a little of each: what is measured is loading, not compiling, them.</summary>
public sealed class FatPlugin : ICommandHandler, IDisposable
{
    private readonly LoggerFactory _logging = new();

    public ValueTask<CommandResult> ExecuteAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        var depth = new JsonSerializerSettings().MaxDepth;
        var logs = _logging.CreateLogger<FatPlugin>().IsEnabled(LogLevel.Information);
        return ValueTask.FromResult(new CommandResult(!logs && depth is not null));
    }

    public void Dispose() => _logging.Dispose();
}
