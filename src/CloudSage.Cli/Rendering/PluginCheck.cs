using CloudSage.PluginHost;

namespace CloudSage.Cli.Rendering;

/// <summary>What a check of a plugin found.</summary>
/// <param name="Path">What was checked.</param>
/// <param name="Fit">Whether a host would load it.</param>
/// <param name="Findings">What was found.</param>
internal sealed record PluginCheck(string Path, bool Fit, IReadOnlyList<Finding> Findings);
