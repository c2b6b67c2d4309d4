using CloudSage.PluginHost.Staging;

namespace CloudSage.PluginHost.NuGet.Installing;

/// <summary>Takes packages that are dropped into a plugin directory: they are planned and laid out as those that are installed.</summary>
internal sealed class PackageUnpacker(PluginPackages packages) : IPluginUnpacker
{
    public bool CanUnpack(string path) => path.EndsWith(".nupkg", StringComparison.OrdinalIgnoreCase);

    public Task<IReadOnlyList<Finding>> UnpackAsync(string archive, string folder, CancellationToken cancellationToken)
        => packages.UnpackAsync(archive, folder, cancellationToken);
}
