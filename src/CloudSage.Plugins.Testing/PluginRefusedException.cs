using System.Text;
using CloudSage.PluginHost;
using Microsoft.Extensions.Logging;

namespace CloudSage.Plugins.Testing;

/// <summary>The host does not use the plugin. The message holds every finding: its code, where it is, what is wrong and how to mend it.</summary>
public sealed class PluginRefusedException : Exception
{
    private const int MaxLines = 20;

    internal PluginRefusedException(string plugin, PluginStatus? status, IReadOnlyList<LogLine> log) : base(Text(plugin, status, log))
    {
        Plugin = plugin;
        State = status?.State;
        Findings = status?.Findings ?? [];
    }

    /// <summary>The plugin's name, or that of its folder or file where the manifest cannot be read.</summary>
    public string Plugin { get; }

    /// <summary>Where the plugin stands; null where the host saw none.</summary>
    public PluginState? State { get; }

    /// <summary>What was found, errors first.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    private static string Text(string plugin, PluginStatus? status, IReadOnlyList<LogLine> log)
    {
        var text = new StringBuilder(status switch
        {
            null => $"The host sees no plugin in '{plugin}': a plugin is a folder with a manifest, or a DLL, whose name does not begin with '.' or '~'.",
            { State: PluginState.Active, Findings.Count: 0 } => $"The content of {plugin} is the same as before; {status.Version} goes on serving.",
            { State: PluginState.Active } => $"The new content of {plugin} is refused; {status.Version} goes on serving:",
            _ => $"{plugin} is {status.State}, not Active:",
        });
        foreach (var finding in status?.Findings ?? []) text.AppendLine().Append("  ").Append(finding.Severity).Append(' ').Append(finding);
        var troubles = log.Where(static l => l.Level >= LogLevel.Warning).TakeLast(MaxLines).ToList();
        if (troubles.Count > 0) text.AppendLine().Append("What was logged:");
        foreach (var line in troubles) text.AppendLine().Append("  ").Append(line);
        return text.ToString();
    }
}
