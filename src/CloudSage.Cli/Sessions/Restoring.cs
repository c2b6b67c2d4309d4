using CloudSage.Cli.Codes;
using CloudSage.Cli.Rendering;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.NuGet;
using CloudSage.PluginHost.NuGet.Installing;
using CloudSage.PluginHost.Registration;

namespace CloudSage.Cli.Sessions;

/// <summary>
/// Makes of a plugin folder what its lock file says. Everything is made ready and examined first, and put in place then; in locked mode only if all of it is exactly
/// what is registered.
/// </summary>
internal sealed class Restoring(PluginRegistrar registrar, string folder, IReadOnlyList<string> sources, bool requiresSignatures, bool isLocked, Answer answer) : IAsyncDisposable
{
    private readonly PackageSession _session = new(requiresSignatures);
    private readonly List<PreparedPackage> _packages = [];
    private readonly List<(PendingRegistration Pending, PluginOrigin Origin)> _ready = [];
    private readonly List<Finding> _findings = [];

    public async Task<RestoreResult> RunAsync(PluginInventory inventory, CancellationToken cancellationToken)
    {
        foreach (var plugin in inventory.Plugins.Where(static p => p.Locked is null)) _findings.Add(Other(plugin));
        // What several files and folders of one name differ from is put back once, in place of all of them.
        foreach (var plugin in inventory.Plugins.Where(static p => p.Locked is not null && p.Standing != LockStanding.Registered).DistinctBy(static p => p.Name))
            await PrepareAsync(plugin.Name, plugin.Locked!, cancellationToken);

        List<string> restored = [];
        if (isLocked && _findings.Any(static f => f.Severity == FindingSeverity.Error)) return new RestoreResult(restored, _findings);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var (pending, origin) in _ready)
        {
            var refused = pending.Commit([], origin);
            if (refused.Count == 0) restored.Add(pending.Manifest!.Name);
            _findings.AddRange(refused);
        }

        return new RestoreResult(restored, _findings);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (pending, _) in _ready) await pending.DisposeAsync();
        foreach (var package in _packages) package.Dispose();
        await _session.DisposeAsync();
    }

    private async Task PrepareAsync(string name, LockedPlugin locked, CancellationToken cancellationToken)
    {
        if (PackageOrigin.Of(locked) is not { } package)
        {
            _findings.Add(Finding.Error(CliCodes.CannotRestore, $"{name} {locked.Version} is not in the folder as it was registered, and came from no package source.",
                "Put its files back, or register it from where it came from: csg plugins register PATH.", new FindingLocation(PluginLock.FileName)));
            return;
        }

        var request = new PackageRequest(package.Id) { Version = package.Version, Source = package.Source, Sources = sources };
        var plan = await PackageSteps.WhileAsync(answer, $"resolving {package.Id}", progress => _session.Packages.ResolveAsync(request, progress, cancellationToken));
        var prepared = await PackageSteps.WhileAsync(answer, $"preparing {package.Id}", progress => _session.Packages.PrepareAsync(plan, folder, progress, cancellationToken));
        if (prepared.Plugin is not { } plugin)
        {
            _findings.AddRange(prepared.Findings);
            return;
        }

        _packages.Add(plugin);
        var pending = await registrar.PrepareAsync(plugin.Folder, null, cancellationToken);
        var origin = PackageOrigin.Of(plugin.Package, locked.Range);
        // Locked, the line stays as it is, wherever its content was fetched from this time.
        if (isLocked) origin = origin with { Source = locked.Source };
        else if (PackageOrigin.SourceChange(name, locked, origin) is { } change) _findings.Add(change);
        // Where it was fetched from for once is no reason to fetch it from there for good.
        else origin = origin with { Source = locked.Source ?? origin.Source };
        if (Obstacle(name, locked, pending, origin) is { } obstacle) _findings.Add(obstacle);
        if (pending.Manifest is null) _findings.AddRange(pending.Report.Findings);
        if (pending.Manifest is not null) _ready.Add((pending, origin));
        else await pending.DisposeAsync();
    }

    /// <summary>How what a source has differs from what is registered.</summary>
    private Finding? Obstacle(string name, LockedPlugin locked, PendingRegistration pending, PluginOrigin origin)
    {
        if (pending.Manifest is null || (pending.Report.Hash == locked.Hash && origin.Signer == locked.Signer)) return null;
        return new Finding(CliCodes.RestoredDiffers, isLocked ? FindingSeverity.Error : FindingSeverity.Warning,
            $"What the source has as {locked.Origin} is not what is registered of {name}: {pending.Report.Hash}, signed by {origin.Signer ?? "nobody"}, instead of {locked.Hash}, signed by {locked.Signer ?? "nobody"}.",
            isLocked ? "See what was changed, and by whom. Nothing was changed here." : "It is registered anew: see what was changed, and by whom.", new FindingLocation(PluginLock.FileName));
    }

    private Finding Other(InventoryEntry plugin) => new(CliCodes.CannotRestore, isLocked ? FindingSeverity.Error : FindingSeverity.Warning,
        $"'{plugin.Source}' is not in the lock file.", "Register it, or take it away.", new FindingLocation(PluginLock.FileName));
}
