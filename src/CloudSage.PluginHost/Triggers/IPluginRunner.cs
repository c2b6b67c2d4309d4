using System.Collections.ObjectModel;
using CloudSage.Plugins.Commands;

namespace CloudSage.PluginHost.Triggers;

/// <summary>Runs plugins when somebody or a program asks for it, and remembers the runs of every trigger.</summary>
public interface IPluginRunner
{
    /// <summary>The latest finished runs, whatever triggered them, the newest first. How many: <see cref="TriggerOptions.RecentRuns"/>.</summary>
    IReadOnlyList<PluginRunResult> RecentRuns { get; }

    /// <summary>
    /// Runs a plugin once: its command handler where it has one, otherwise its extension points, so a scanner scans and an engine optimises.
    /// May run beside other runs of the same plugin. What goes wrong comes back in the result.
    /// </summary>
    /// <param name="plugin">The plugin's name.</param>
    /// <param name="request">What to run and who asks.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="ArgumentException">The request's kind is neither manual nor API.</exception>
    Task<PluginRunResult> RunAsync(string plugin, PluginRunRequest request, CancellationToken cancellationToken);
}

/// <summary>A run that somebody or a program asks for.</summary>
public sealed record PluginRunRequest
{
    /// <summary>
    /// Who asks: <see cref="TriggerKind.Manual"/> (an operator, who may always) or <see cref="TriggerKind.Api"/> (a program, which may unless
    /// the manifest declares triggers and none of them is <c>api: true</c>).
    /// </summary>
    public TriggerKind Kind { get; init; } = TriggerKind.Manual;

    /// <summary>The command; null takes the one that the manifest's trigger of that kind names, or <c>run</c>.</summary>
    public string? Command { get; init; }

    /// <summary>Parameters, by name.</summary>
    public IReadOnlyDictionary<string, string> Input { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>How long the run may take; null takes <see cref="TriggerOptions.RunDeadline"/>.</summary>
    public TimeSpan? Deadline { get; init; }
}
