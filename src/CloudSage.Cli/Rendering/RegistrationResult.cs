using CloudSage.PluginHost;
using CloudSage.PluginHost.Registration;

namespace CloudSage.Cli.Rendering;

/// <summary>What came of registering a plugin, for programs.</summary>
internal sealed record RegistrationResult(bool Registered, string? Plugin, LockedPlugin? Locked, IReadOnlyList<Finding> Findings);
