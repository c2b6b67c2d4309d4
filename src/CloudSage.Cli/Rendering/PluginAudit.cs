using CloudSage.PluginHost.Advisories;

namespace CloudSage.Cli.Rendering;

/// <summary>What is known of the packages that one plugin brings.</summary>
internal sealed record PluginAudit(string Plugin, AdvisoryReport Report);
