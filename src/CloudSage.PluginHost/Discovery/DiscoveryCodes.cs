namespace CloudSage.PluginHost.Discovery;

/// <summary>The findings of this room, CSG1000 to CSG1099.</summary>
internal static class DiscoveryCodes
{
    /// <summary>A plugin directory does not exist, or is a file. Create it or correct the option; it is picked up when it appears.</summary>
    public const string DirectoryMissing = "CSG1001";

    /// <summary>A plugin directory cannot be read. Give the host's account read access.</summary>
    public const string DirectoryUnreadable = "CSG1002";

    /// <summary>A link leads out of the plugin directory. Copy the file or folder there instead of linking it.</summary>
    public const string LinkLeavesDirectory = "CSG1003";

    /// <summary>A link leads nowhere and is left out. Remove it or restore its target.</summary>
    public const string LinkBroken = "CSG1004";

    /// <summary>A plugin has more than 10,000 files. Remove what does not belong to it.</summary>
    public const string TooManyFiles = "CSG1005";

    /// <summary>A plugin is larger than 1 GiB. Remove what does not belong to it.</summary>
    public const string TooLarge = "CSG1006";

    /// <summary>A plugin's folders are nested deeper than 64 levels. Flatten them.</summary>
    public const string NestedTooDeep = "CSG1007";

    /// <summary>A file or folder of a plugin cannot be read. Give the host's account read access.</summary>
    public const string FileUnreadable = "CSG1008";

    /// <summary>A folder with assemblies has no manifest. Add manifest.yaml.</summary>
    public const string FolderManifestMissing = "CSG1009";

    /// <summary>A DLL has neither a manifest beside it nor one inside. Add NAME.manifest.yaml, embed one, or move the DLL into its plugin's folder.</summary>
    public const string AssemblyManifestMissing = "CSG1010";

    /// <summary>A manifest lies beside no DLL. Add the DLL or remove the manifest.</summary>
    public const string ManifestWithoutAssembly = "CSG1011";

    /// <summary>An archive in a plugin directory is of a kind that is not unpacked. Unpack it into a folder of its own, or pack it as a ZIP.</summary>
    public const string PackageIgnored = "CSG1012";

    /// <summary>The entry file that the manifest names is not there. Copy it, or correct entry_point.</summary>
    public const string EntryFileMissing = "CSG1013";

    /// <summary>A file is shorter than its own headers say. Copy it again.</summary>
    public const string FileTruncated = "CSG1014";

    /// <summary>A library file has a content that no library has. Replace it by the right file.</summary>
    public const string NotALibrary = "CSG1015";

    /// <summary>A deps.json is not whole. Copy it again.</summary>
    public const string DependencyFileDamaged = "CSG1016";

    /// <summary>Files that the deps.json names are not there. Publish the plugin again and copy the whole output.</summary>
    public const string DependencyMissing = "CSG1017";

    /// <summary>A file is held by whoever is writing it. Nothing to do; the host looks again.</summary>
    public const string FileInUse = "CSG1018";

    /// <summary>
    /// The assemblies name others that are not there, and no deps.json says whether they should be. The plugin is used once it has rested for the grace.
    /// Publish it again and copy the whole output.
    /// </summary>
    public const string ReferenceMissing = "CSG1019";

    /// <summary>An archive has no end that fits it: it is still being copied, was cut off, or is no ZIP archive. Copy it again.</summary>
    public const string ArchiveNotWhole = "CSG1020";

    /// <summary>A path that was named is the root of a file system. Name the plugin's folder, its archive or its DLL.</summary>
    public const string WholeFileSystem = "CSG1021";
}
