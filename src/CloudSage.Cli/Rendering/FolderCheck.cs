using CloudSage.PluginHost;

namespace CloudSage.Cli.Rendering;

/// <summary>A plugin folder held against its lock file.</summary>
/// <param name="Registered">How many plugins are in the lock file.</param>
/// <param name="Findings">Every difference.</param>
internal sealed record FolderCheck(int Registered, IReadOnlyList<Finding> Findings);
