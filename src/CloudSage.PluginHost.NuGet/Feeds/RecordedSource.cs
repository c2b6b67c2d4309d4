using NuGet.Configuration;

namespace CloudSage.PluginHost.NuGet.Feeds;

/// <summary>The source that a plugin came from: its package is taken from there and nowhere else, so that no other source can hand out a higher version of the same id.</summary>
/// <param name="Id">The plugin's package.</param>
/// <param name="Source">The source.</param>
/// <param name="IsConfigured">Whether NuGet.Config has it. One that it does not have was named by the operator when the plugin was installed.</param>
/// <param name="Obstacle">Why NuGet.Config does not allow it; null where it does.</param>
internal sealed record RecordedSource(string Id, PackageSource Source, bool IsConfigured, Finding? Obstacle)
{
    /// <summary>The source of a request; null where the operator names others, or none was recorded.</summary>
    public static RecordedSource? Of(PackageRequest request, SourceSettings settings)
    {
        if (request.Sources.Count > 0 || request.Source is not { } address) return null;
        var known = settings.Enabled.FirstOrDefault(s => IsAt(s, address));
        var source = known ?? SourceSettings.Unnamed(address);
        return new RecordedSource(request.Id, source, known is not null,
            known is null && settings.Disabled.FirstOrDefault(s => IsAt(s, address)) is { } off ? Forbidden(request.Id, address, $"NuGet.Config disables it ('{off.Name}')")
            : settings.MayOffer(source, request.Id) ? null : Forbidden(request.Id, address, "no packageSourceMapping of NuGet.Config allows that"));
    }

    public bool IsOf(string id) => string.Equals(id, Id, StringComparison.OrdinalIgnoreCase);

    private static bool IsAt(PackageSource source, string address) => SourceAddress.AreSame(SourceAddress.Shown(source.Source), address);

    private static Finding Forbidden(string id, string address, string why) => Finding.Error(PackageCodes.SourceNotAllowed,
        $"{id} came from the source {address}, and {why}.", "Allow it in NuGet.Config, or name the source to take it from now (--source); the lock file has that from then on.");
}
