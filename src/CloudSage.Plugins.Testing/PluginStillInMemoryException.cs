using System.Text;
using CloudSage.PluginHost;

namespace CloudSage.Plugins.Testing;

/// <summary>The plugin was unloaded and is still in memory. The message says what runs of it, or what holds it, and what to do about it.</summary>
public sealed class PluginStillInMemoryException : Exception
{
    internal PluginStillInMemoryException(UnloadVerdict verdict, IReadOnlyList<LingeringVersion> lingering, PluginDiagnosis diagnosis)
        : base(Text(verdict, lingering, diagnosis))
    {
        (Verdict, Lingering, Reports) = (verdict, lingering, diagnosis.Leaks);
    }

    /// <summary>The verdict on the version that was unloaded last.</summary>
    public UnloadVerdict Verdict { get; }

    /// <summary>Every version of the plugin that is still in memory.</summary>
    public IReadOnlyList<LingeringVersion> Lingering { get; }

    /// <summary>What holds them; empty where the host has no leak analyzer.</summary>
    public IReadOnlyList<LeakReport> Reports { get; }

    private static string Text(UnloadVerdict verdict, IReadOnlyList<LingeringVersion> lingering, PluginDiagnosis diagnosis)
    {
        var text = new StringBuilder($"{verdict.Plugin} was unloaded and is still in memory after {verdict.Collections} collections.");
        foreach (var version in lingering) text.AppendLine().Append("  ").Append(version);
        foreach (var report in diagnosis.Leaks) text.AppendLine().Append(report);
        foreach (var finding in verdict.Findings) text.AppendLine().Append(finding);
        if (diagnosis.Shortfall is { } shortfall) text.AppendLine().Append("What holds it was not looked for: ").Append(shortfall);
        else if (diagnosis.Leaks.Count == 0) text.AppendLine().Append("What holds it could not be found out; the log says why.");
        return text.ToString();
    }
}
