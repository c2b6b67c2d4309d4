using CloudSage.PluginHost.Runner.Scanning;
using CloudSage.Plugins.Permissions;

namespace CloudSage.PluginHost.Runner.Rules;

/// <summary>Code that runs before the plugin's start, and so outside of what its deadline guards.</summary>
internal sealed class EarlyCodeRule() : PowerRule(PluginPermissions.RunAtLoad, new UsePatterns(), Construct.ModuleInitializer);
