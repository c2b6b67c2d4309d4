using CloudSage.Plugins.Permissions;

namespace CloudSage.PluginHost.Runner.Rules;

/// <summary>Other programs.</summary>
internal sealed class ProcessRule() : PowerRule(PluginPermissions.StartProcesses, new UsePatterns(
    "System.Diagnostics.Process", "System.Diagnostics.ProcessStartInfo", "System.Diagnostics.ProcessModule", "System.Diagnostics.ProcessThread", "Microsoft.VisualBasic.Interaction::Shell",
    "Microsoft.VisualBasic.Interaction::AppActivate"));
