using CloudSage.PluginHost;

namespace CloudSage.Cli.Rendering;

/// <summary>What a doctor found of one plugin.</summary>
/// <param name="Plugin">How it was while it served, or why it did not.</param>
/// <param name="Holdings">What it held in memory; null where that was not looked at.</param>
/// <param name="Verdict">Whether it left memory; null where it never served.</param>
/// <param name="Lingering">Its versions that are still in memory.</param>
/// <param name="Leaks">What holds them.</param>
/// <param name="Shortfall">Why it was not found out what it held, or what holds it; null where it was.</param>
internal sealed record Diagnosis(
    PluginStatus Plugin,
    PluginHoldings? Holdings,
    UnloadVerdict? Verdict,
    IReadOnlyList<LingeringVersion> Lingering,
    IReadOnlyList<LeakReport> Leaks,
    string? Shortfall)
{
    /// <summary>Whether nothing of it is in memory any more.</summary>
    public bool HasLeft => Verdict is { Collected: true } && Lingering.Count == 0;
}
