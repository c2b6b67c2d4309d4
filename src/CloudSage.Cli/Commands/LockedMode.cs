using CloudSage.Cli.Codes;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Registration;

namespace CloudSage.Cli.Commands;

/// <summary>What <c>--locked</c> means: the lock file says what may come in, and stays as it is.</summary>
internal static class LockedMode
{
    /// <summary>How a registration would change the lock file; null where it would not.</summary>
    public static Finding? Check(PendingRegistration pending, IReadOnlyCollection<string> grants, PluginOrigin? origin)
    {
        var (name, version) = (pending.Manifest!.Name, pending.Manifest.Version);
        if (pending.Before is not { } before) return Change($"{name} {version} is not in the lock file");
        if (before.Hash != pending.Report.Hash) return Change($"{name} {version} is not the content that was registered: it is {pending.Report.Hash}, and registered is {before.Version} with {before.Hash}");
        if ((before.Source, before.Range) != (origin?.Source, origin?.Range)) return Change($"{name} is registered from {Told(before.Source, before.Range)}, and comes from {Told(origin?.Source, origin?.Range)} now");
        return grants.Except(before.Grants, StringComparer.Ordinal).ToArray() is { Length: > 0 } more ? Change($"{name} was not granted {string.Join(", ", more)}") : null;
    }

    private static string Told(string? source, string? range) => $"{source ?? "no package source"}{(range is null ? string.Empty : $" within {range}")}";

    private static Finding Change(string what) => Finding.Error(
        CliCodes.LockWouldChange, $"{what}, and --locked leaves the lock file as it is.", "Leave out --locked if that is meant.", new FindingLocation(PluginLock.FileName));
}
