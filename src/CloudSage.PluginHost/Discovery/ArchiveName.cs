namespace CloudSage.PluginHost.Discovery;

/// <summary>Which files are plugins that are packed into one.</summary>
internal static class ArchiveName
{
    public static bool IsArchive(string fileName)
        => fileName.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) || IsPackage(fileName);

    /// <summary>Whether it is a package of NuGet's.</summary>
    public static bool IsPackage(string fileName) => fileName.EndsWith(".nupkg", StringComparison.OrdinalIgnoreCase);
}
