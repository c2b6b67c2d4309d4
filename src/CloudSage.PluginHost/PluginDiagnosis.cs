namespace CloudSage.PluginHost;

/// <summary>What a look into the process found of one plugin.</summary>
/// <param name="Plugin">The plugin's name.</param>
/// <param name="Leaks">For each unloaded version that is still in memory, what holds it.</param>
/// <param name="Holdings">What the version that serves holds; null where none serves, or where it does not run in this process.</param>
/// <param name="Shortfall">Why nothing could be looked at; null where it could.</param>
public sealed record PluginDiagnosis(string Plugin, IReadOnlyList<LeakReport> Leaks, PluginHoldings? Holdings, string? Shortfall = null);
