using System.Text;

namespace CloudSage.PluginHost;

/// <summary>What keeps an unloaded version of a plugin in memory, as text for its author. Made by a leak analyzer, such as the one of CloudSage.PluginHost.Diagnostics.</summary>
public sealed record LeakReport
{
    /// <summary>The plugin's name.</summary>
    public required string Plugin { get; init; }

    /// <summary>The version that is still in memory.</summary>
    public required string Version { get; init; }

    /// <summary>When the process was looked at, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How long the report took, most of it beside the running host.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How long the whole process stood still for it; null where it did not, or where that is not known.</summary>
    public TimeSpan? Pause { get; init; }

    /// <summary>What holds the version, the surest first. A few that matter, not all that there are.</summary>
    public IReadOnlyList<LeakHolder> Holders { get; init; } = [];

    /// <summary>Why there is no report, or why it is not whole; null where it is.</summary>
    public string? Shortfall { get; init; }

    /// <summary>One line: who is held by what.</summary>
    public string Summary => Holders switch
    {
        [] => $"{Plugin} {Version}: {Shortfall ?? "nothing was found that holds it; it may be leaving."}",
        [var only] => $"{Plugin} {Version} is held by {only.Path}",
        [var first, ..] => $"{Plugin} {Version} is held by {first.Path}, and {Holders.Count - 1} more",
    };

    /// <summary>A block of lines: every holder with its remedy.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var text = new StringBuilder($"{Plugin} {Version} is still in memory");
        text.Append(Holders.Count > 0 ? ", held by:" : ".");
        foreach (var holder in Holders)
        {
            text.AppendLine().Append("  - ").Append(holder.Path);
            foreach (var line in holder.Stack) text.AppendLine().Append("        at ").Append(line);
            text.AppendLine().Append("    ").Append(holder.Remedy);
        }

        if (Shortfall is not null) text.AppendLine().Append("  ").Append(Shortfall);
        return text.ToString();
    }
}
