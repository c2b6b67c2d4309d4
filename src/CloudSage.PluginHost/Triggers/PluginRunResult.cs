using System.Collections.ObjectModel;
using CloudSage.Plugins.Commands;

namespace CloudSage.PluginHost.Triggers;

/// <summary>What came of one run of a plugin. Holds nothing of the plugin itself.</summary>
public sealed record PluginRunResult
{
    /// <summary>The run's identity.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>The plugin's name.</summary>
    public required string Plugin { get; init; }

    /// <summary>The version that ran; null where none did. Where the plugin was upgraded between two steps of the run, the later one.</summary>
    public string? Version { get; init; }

    /// <summary>What made it run.</summary>
    public required CommandTrigger Trigger { get; init; }

    /// <summary>The command.</summary>
    public required string Command { get; init; }

    /// <summary>When it was due, UTC.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When it started, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>What came of it.</summary>
    public required PluginRunStatus Status { get; init; }

    /// <summary>One line about it, at most 1,024 characters.</summary>
    public string? Message { get; init; }

    /// <summary>
    /// Results, by name: what the command put out (at most 64 entries of at most 4,096 characters), or the counts of the steps
    /// (<c>resources</c>, <c>recommendations</c>) and the delivery of an alert (<c>channel</c>, <c>delivery</c>).
    /// </summary>
    public IReadOnlyDictionary<string, string> Output { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The failure inside the plugin, if there was one.</summary>
    public PluginFault? Fault { get; init; }

    /// <summary>Why it was not run at all, if it was not.</summary>
    public Finding? Finding { get; init; }

    /// <summary>Whether the plugin did what it was asked.</summary>
    public bool Succeeded => Status == PluginRunStatus.Succeeded;
}

/// <summary>What came of a run.</summary>
public enum PluginRunStatus
{
    /// <summary>The plugin did what it was asked.</summary>
    Succeeded,

    /// <summary>The plugin answered that it could not do it.</summary>
    Failed,

    /// <summary>The plugin threw.</summary>
    Faulted,

    /// <summary>The run did not end by its deadline.</summary>
    TimedOut,

    /// <summary>The caller gave up, or the host stopped.</summary>
    Cancelled,

    /// <summary>The plugin is not active, serves nothing that could run, or its calls are refused because it failed too often.</summary>
    Unavailable,

    /// <summary>The run is not allowed, or the host is stopping.</summary>
    Refused,
}
