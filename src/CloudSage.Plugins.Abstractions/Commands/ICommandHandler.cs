using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace CloudSage.Plugins.Commands;

/// <summary>
/// Optional contract: what the plugin does when it is run by hand, by its schedule, by an event or by an alert.
/// A plugin without it is run by way of its extension points: a scanner scans, an engine optimises, a handler handles.
/// </summary>
[ExtensionPoint("CommandHandler")]
public interface ICommandHandler
{
    /// <summary>Executes one command. The request is complete in itself, so a run that is repeated after a crash needs nothing else.</summary>
    /// <param name="request">What to execute and why.</param>
    /// <param name="cancellationToken">Cancelled at the run's deadline or when the host stops.</param>
    /// <returns>What came of it.</returns>
    ValueTask<CommandResult> ExecuteAsync(CommandRequest request, CancellationToken cancellationToken);
}

/// <summary>A command to execute.</summary>
public sealed record CommandRequest
{
    /// <summary>The command that a trigger executes where the manifest names none.</summary>
    public const string DefaultCommand = "run";

    /// <summary>The execution's identity.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>The command, as the manifest names it.</summary>
    public string Command { get; init; } = DefaultCommand;

    /// <summary>Why it is executed.</summary>
    public required CommandTrigger Trigger { get; init; }

    /// <summary>When it was due, UTC: the scheduled time, not the time at which it got its turn.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Parameters, by name.</summary>
    public IReadOnlyDictionary<string, string> Input { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}

/// <summary>Why a command is executed.</summary>
/// <param name="Kind">The kind of trigger.</param>
/// <param name="Name">The cron expression, the event's name or the alert's type.</param>
public sealed record CommandTrigger(TriggerKind Kind, string? Name = null);

/// <summary>What makes a plugin run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TriggerKind>))]
public enum TriggerKind
{
    /// <summary>Somebody asked for it.</summary>
    Manual,

    /// <summary>A program asked for it.</summary>
    Api,

    /// <summary>Its schedule.</summary>
    Schedule,

    /// <summary>An event.</summary>
    Event,

    /// <summary>An alert.</summary>
    Alert,
}

/// <summary>What came of a command.</summary>
/// <param name="Succeeded">Whether it did what it was asked.</param>
/// <param name="Message">One line about it.</param>
public sealed record CommandResult(bool Succeeded, string? Message = null)
{
    /// <summary>Results, by name.</summary>
    public IReadOnlyDictionary<string, string> Output { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}
