using CloudSage.PluginHost.NuGet;
using CloudSage.PluginHost.Registration;

namespace CloudSage.Cli.Sessions;

/// <summary>A registered plugin that came from NuGet.</summary>
internal sealed record InstalledPackage(string Plugin, PackageOrigin Package, LockedPlugin Locked)
{
    public static IEnumerable<InstalledPackage> In(PluginLock locked)
        => locked.Plugins.Select(static p => PackageOrigin.Of(p.Value) is { } package ? new InstalledPackage(p.Key, package, p.Value) : null).OfType<InstalledPackage>();
}
