using CloudSage.PluginHost;

namespace CloudSage.Cli.Rendering;

/// <summary>What came of putting a folder back to what its lock file says.</summary>
/// <param name="Restored">The plugins that were put back.</param>
/// <param name="Findings">What could not be, and why.</param>
internal sealed record RestoreResult(IReadOnlyList<string> Restored, IReadOnlyList<Finding> Findings);
