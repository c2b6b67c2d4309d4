using NuGet.Common;
using NuGet.Configuration;
using NuGet.Packaging.Signing;

namespace CloudSage.PluginHost.NuGet.Feeds;

/// <summary>What NuGet.Config says, as users have it: sources with their credentials, which source may offer which package, where packages are kept.</summary>
internal sealed class SourceSettings
{
    private readonly PackageSourceMapping _mapping;

    private SourceSettings(ISettings settings)
    {
        _mapping = PackageSourceMapping.GetPackageSourceMapping(settings);
        var all = PackageSourceProvider.LoadPackageSources(settings).ToLookup(static s => s.IsEnabled);
        (Enabled, Disabled) = ([.. all[true]], [.. all[false]]);
        // Read here, where what NuGet says of a folder that it refuses becomes a finding.
        GlobalPackages = SettingsUtility.GetGlobalPackagesFolder(settings);
        FallbackPackages = SettingsUtility.GetFallbackPackageFolders(settings);
        ClientPolicy = ClientPolicyContext.GetClientPolicy(settings, NullLogger.Instance);
    }

    /// <summary>The sources that are enabled, in the order in which they are asked.</summary>
    public IReadOnlyList<PackageSource> Enabled { get; }

    /// <summary>The sources that are named and switched off.</summary>
    public IReadOnlyList<PackageSource> Disabled { get; }

    /// <summary>NuGet's folder for packages of this user.</summary>
    public string GlobalPackages { get; }

    /// <summary>Folders that hold packages, and are only read.</summary>
    public IReadOnlyList<string> FallbackPackages { get; }

    /// <summary>What NuGet asks of signatures when it unpacks into the cache.</summary>
    public ClientPolicyContext ClientPolicy { get; }

    public static StageResult<SourceSettings> Load(PackageOptions options)
    {
        try
        {
            var root = Path.GetFullPath(options.SettingsRoot);
            var settings = options.SettingsFile is { } file
                ? Settings.LoadSpecificSettings(Path.GetDirectoryName(Path.GetFullPath(file)), Path.GetFileName(file))
                : Settings.LoadDefaultSettings(root, configFileName: null, new XPlatMachineWideSetting());
            return StageResult<SourceSettings>.Success(new SourceSettings(settings));
        }
        catch (Exception e) when (e is NuGetConfigurationException or InvalidOperationException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            // What NuGet throws for a file that is missing, is no XML, or holds a password that only Windows can read, and for a folder of packages that is not absolute.
            return StageResult<SourceSettings>.Failure(
                Finding.Error(PackageCodes.BadSettings, $"NuGet's settings cannot be read: {e.Message}", "Mend the NuGet.Config or the environment variable that is named."));
        }
    }

    /// <summary>The sources that were asked for by name, address or folder; all that are enabled where none was.</summary>
    public IReadOnlyList<PackageSource> Choose(IReadOnlyList<string> wanted)
        => wanted.Count == 0 ? Enabled : [.. wanted.Select(w => Enabled.FirstOrDefault(s => IsCalled(s, w)) ?? Unnamed(Directory.Exists(w) ? Path.GetFullPath(w) : w))];

    /// <summary>A source that NuGet.Config does not name. It goes by its address, and names are told: without what may be secret in it.</summary>
    public static PackageSource Unnamed(string address) => new(address, SourceAddress.Shown(address));

    /// <summary>Whether a source may offer a package. Where sources are mapped, one that NuGet.Config does not know may offer nothing.</summary>
    public bool MayOffer(PackageSource source, string id)
        => !_mapping.IsEnabled || _mapping.GetConfiguredPackageSources(id).Contains(source.Name, StringComparer.OrdinalIgnoreCase);

    private static bool IsCalled(PackageSource source, string text)
        => source.Name.Equals(text, StringComparison.OrdinalIgnoreCase) || SourceAddress.AreSame(source.Source, text);
}
