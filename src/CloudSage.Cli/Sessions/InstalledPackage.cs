using CloudSage.PluginHost.Registration;

namespace CloudSage.Cli.Sessions;

/// <summary>A registered plugin that came from NuGet.</summary>
internal sealed record InstalledPackage(string Plugin, string Id, string Version, LockedPlugin Locked)
{
    private const string Scheme = "nuget:";

    public static IEnumerable<InstalledPackage> In(PluginLock locked) => locked.Plugins.Select(static p => Of(p.Key, p.Value)).OfType<InstalledPackage>();

    private static InstalledPackage? Of(string plugin, LockedPlugin locked)
        => locked.Origin is { } origin && origin.StartsWith(Scheme, StringComparison.Ordinal) && origin[Scheme.Length..].Split('/') is [var id, var version]
            ? new InstalledPackage(plugin, id, version, locked) : null;
}
