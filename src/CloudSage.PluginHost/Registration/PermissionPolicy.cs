using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Registration;

/// <summary>
/// Answers, always from the newest configuration and the newest lock files, what a plugin was granted. A revoked grant counts from the next use.
/// </summary>
internal sealed class PermissionPolicy(IOptionsMonitor<PermissionOptions> options, PluginLocks locks)
{
    /// <summary>The name that stands for every plugin.</summary>
    public const string EveryPlugin = "*";

    /// <summary>What stands for every permission that a manifest asks for.</summary>
    public const string WhateverIsAskedFor = nameof(PermissionOptions.GrantDeclared);

    /// <summary>Whether a plugin was granted a permission: in the configuration, by its name, or in the lock file of its folder.</summary>
    /// <param name="plugin">The plugin's name.</param>
    /// <param name="source">Its file or folder in the plugin folder.</param>
    /// <param name="permission">The permission.</param>
    public bool IsGranted(string plugin, string source, string permission)
    {
        var current = options.CurrentValue;
        return current.GrantDeclared || Lists(current, plugin, permission) || Lists(current, EveryPlugin, permission) || locks.IsGranted(plugin, source, permission);
    }

    /// <summary>The remedy where permissions are not granted.</summary>
    /// <param name="plugin">The plugin's name.</param>
    /// <param name="source">Where it lies.</param>
    /// <param name="permissions">What it lacks.</param>
    public string HowToGrant(string plugin, string source, IReadOnlyCollection<string> permissions)
        => GrantRule.HowToGrant(plugin, source, locks.Of(source).Lock?.Plugins.ContainsKey(plugin) == true, permissions);

    /// <summary>What the configuration grants: <see cref="PermissionOptions.GrantDeclared"/> is every permission to every plugin.</summary>
    public IReadOnlySet<(string Plugin, string Permission)> Configured
    {
        get
        {
            var current = options.CurrentValue;
            var granted = current.Grants.SelectMany(static g => g.Value.Select(p => (g.Key, p))).ToHashSet();
            if (current.GrantDeclared) granted.Add((EveryPlugin, WhateverIsAskedFor));
            return granted;
        }
    }

    /// <summary>Tells of changes of the configuration. Those of lock files are found by whoever refreshes them.</summary>
    public IDisposable? OnChange(Action changed) => options.OnChange(_ => changed());

    private static bool Lists(PermissionOptions options, string plugin, string permission)
        => options.Grants.TryGetValue(plugin, out var granted) && granted.Contains(permission, StringComparer.Ordinal);
}
