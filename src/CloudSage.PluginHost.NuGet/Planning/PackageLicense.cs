using NuGet.Packaging;

namespace CloudSage.PluginHost.NuGet.Planning;

/// <summary>What a package says of its licence, in one line.</summary>
internal static class PackageLicense
{
    public static string? Of(PackageArchiveReader package)
    {
        var nuspec = package.NuspecReader;
        return nuspec.GetLicenseMetadata() is { } license
            ? license.Type == LicenseType.File ? $"file {license.License}" : license.License
            : nuspec.GetLicenseUrl() is { Length: > 0 } address ? address : null;
    }
}
