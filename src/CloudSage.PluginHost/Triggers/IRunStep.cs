using System.Collections.ObjectModel;
using CloudSage.PluginHost.Brokering;

namespace CloudSage.PluginHost.Triggers;

/// <summary>One way to run a plugin.</summary>
internal interface IRunStep
{
    /// <summary>Whether the plugin serves this now and the run has something for it.</summary>
    bool AppliesTo(PluginRun run, IExtensionBroker broker);

    Task<RunStepOutcome> RunAsync(PluginRun run, IExtensionBroker broker, CallOptions options, CancellationToken cancellationToken);
}

/// <summary>What came of a step.</summary>
internal sealed record RunStepOutcome(PluginRunStatus Status, string? Version)
{
    public string? Message { get; init; }

    public PluginFault? Fault { get; init; }

    /// <summary>Why nothing ran, if nothing did.</summary>
    public Finding? Finding { get; init; }

    public IReadOnlyDictionary<string, string> Output { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Nothing ran, for the reason given.</summary>
    public static RunStepOutcome NotRun(PluginRunStatus status, Finding finding) => new(status, null) { Finding = finding, Message = finding.Message };

    /// <summary>What the broker said of the call, and nothing more.</summary>
    public static RunStepOutcome Of<TResult>(CallOutcome<TResult> call) => new(ToRunStatus(call.Status), call.Version)
    {
        Fault = call.Fault,
        Message = call.Fault?.Message,
    };

    private static PluginRunStatus ToRunStatus(CallStatus status) => status switch
    {
        CallStatus.Succeeded => PluginRunStatus.Succeeded,
        CallStatus.Faulted => PluginRunStatus.Faulted,
        CallStatus.TimedOut => PluginRunStatus.TimedOut,
        CallStatus.Cancelled => PluginRunStatus.Cancelled,
        CallStatus.Unavailable => PluginRunStatus.Unavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "An unknown status."),
    };
}

/// <summary>What steps ask of the broker.</summary>
internal static class RunStepBrokering
{
    public static bool Serves<TExtension>(this IExtensionBroker broker, string plugin) where TExtension : class
        => broker.Providers<TExtension>().Any(provider => provider.Plugin == plugin);

    /// <summary>Reads a stream to its end for its number of items.</summary>
    public static async Task<RunStepOutcome> CountAsync<TItem>(this PluginStream<TItem> stream, string what, CancellationToken cancellationToken)
    {
        var count = 0L;
        await foreach (var _ in stream.WithCancellation(cancellationToken)) count++;
        var call = stream.Outcome ?? throw new InvalidOperationException("The stream ended without an outcome.");
        var outcome = RunStepOutcome.Of(call);
        return outcome with
        {
            Message = outcome.Message ?? FormattableString.Invariant($"{count} {what}"),
            Output = new Dictionary<string, string> { [what] = FormattableString.Invariant($"{count}") },
        };
    }
}
