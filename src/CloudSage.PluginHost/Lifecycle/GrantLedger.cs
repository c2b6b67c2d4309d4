using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Manifests.Reading;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Registration.Auditing;
using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>
/// Compares what lock files and configuration grant with what they granted before, and notes the difference in the audit log. What the configuration grants is noted
/// when the host starts as well, for it is changed while no host runs, and by nobody who would note it. For the coordinator's loop alone.
/// </summary>
internal sealed class GrantLedger(PluginLocks locks, PermissionPolicy permissions, AuditTrail audit, ManifestReader manifests, ILogger<GrantLedger> logger)
{
    private const string ByConfiguration = "by the configuration";

    private IReadOnlySet<LockedGrant>? _locked;
    private IReadOnlySet<(string Plugin, string Permission)> _configured = new HashSet<(string, string)>();

    /// <summary>Whether it knows what is granted.</summary>
    public bool AreNoted => _locked is not null;

    /// <summary>What the lock files grant, and no longer grant.</summary>
    /// <returns>The plugins to which that happened.</returns>
    public IReadOnlySet<string> NoteOfLocks()
    {
        if (!AreNoted) NoteOfConfiguration();
        var (now, before) = (locks.Grants, _locked ?? locks.Grants);
        // What is there at the start was noted when it was given.
        Warn((_locked is null ? now : now.Except(before)).Select(static g => (g.Plugin, g.Permission, $"in the lock file of {g.Directory}")));
        _locked = now;
        var (granted, revoked) = (now.Except(before).ToArray(), before.Except(now).ToArray());
        foreach (var grant in granted) Note("granted", grant);
        // What the configuration grants besides goes on being granted.
        foreach (var grant in revoked.Where(g => !permissions.IsGranted(g.Plugin, Path.Combine(g.Directory, g.Plugin), g.Permission))) Note("revoked", grant);
        return granted.Concat(revoked).Select(static g => g.Plugin).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What the configuration grants, and no longer grants.</summary>
    /// <returns>The plugins to which that happened, <see cref="PermissionPolicy.EveryPlugin"/> among them where it happened to all.</returns>
    public IReadOnlySet<string> NoteOfConfiguration()
    {
        var (now, before) = (permissions.Configured, _configured);
        _configured = now;
        var (granted, revoked) = (now.Except(before).Order().ToArray(), before.Except(now).Order().ToArray());
        Warn(granted.Where(static g => g.Permission != PermissionPolicy.WhateverIsAskedFor).Select(static g => (g.Plugin, g.Permission, ByConfiguration)));
        foreach (var (plugin, permission) in granted) audit.Note("granted", plugin, detail: ByConfiguration, permission: permission);
        foreach (var (plugin, permission) in revoked) audit.Note("revoked", plugin, detail: ByConfiguration, permission: permission);
        return granted.Concat(revoked).Select(static g => g.Plugin).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private void Note(string action, LockedGrant grant) => audit.Note(action, grant.Plugin, detail: $"in {grant.Directory}", permission: grant.Permission);

    /// <summary>No manifest may ask for what the host does not know: whoever wrote it meant something else.</summary>
    private void Warn(IEnumerable<(string Plugin, string Permission, string Where)> granted)
    {
        foreach (var (plugin, permission, where) in granted.Where(g => !manifests.Known.Permissions.Contains(g.Permission, StringComparer.Ordinal)))
            logger.GrantOfNothing(ShownText.Escape(permission), ShownText.Escape(plugin), where, NearestName.Suggest(permission, manifests.Known.Permissions));
    }
}
