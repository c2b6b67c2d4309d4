namespace CloudSage.Cli.Rendering;

/// <summary>A decision about a plugin that was carried out.</summary>
/// <param name="Plugin">The plugin's name.</param>
/// <param name="Change">What was done: granted, revoked, unregistered, disabled, enabled or retried.</param>
/// <param name="Permissions">The permissions that were granted or revoked.</param>
internal sealed record PluginChange(string Plugin, string Change, IReadOnlyList<string> Permissions);
