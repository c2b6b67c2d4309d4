using CloudSage.PluginHost;

namespace CloudSage.Cli.Rendering;

/// <summary>Why a command has no result.</summary>
internal sealed record Refusal(IReadOnlyList<Finding> Findings);
