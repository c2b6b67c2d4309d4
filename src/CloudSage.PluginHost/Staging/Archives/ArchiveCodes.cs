namespace CloudSage.PluginHost.Staging.Archives;

/// <summary>
/// The findings of unpacking, CSG1220 to CSG1249. All of them refuse the archive, in a strict host and in a lenient one: they are about what an archive does to the
/// machine, not about what the plugin may do.
/// </summary>
internal static class ArchiveCodes
{
    /// <summary>A file is no ZIP archive, or one of a kind that the host does not read. Pack it again as a plain ZIP.</summary>
    public const string Unreadable = "CSG1220";

    /// <summary>The name of an entry leads out of the plugin's folder, or is not the same file on every system. Rename it and pack again.</summary>
    public const string NameUnsafe = "CSG1221";

    /// <summary>An entry is a link or a device. Pack the file that it stands for.</summary>
    public const string NotAFile = "CSG1222";

    /// <summary>An entry is encrypted. Pack without a password.</summary>
    public const string Encrypted = "CSG1223";

    /// <summary>Two entries have one name, or names that are one on some systems. Keep one of them.</summary>
    public const string NamesCollide = "CSG1224";

    /// <summary>A name stands for a file and for a folder. Rename one of them.</summary>
    public const string FileAndFolder = "CSG1225";

    /// <summary>An archive has more entries than are unpacked. Remove what does not belong to the plugin.</summary>
    public const string TooManyEntries = "CSG1226";

    /// <summary>An archive's files are larger than are unpacked. Remove what does not belong to the plugin.</summary>
    public const string TooLarge = "CSG1227";

    /// <summary>An archive grows beyond all measure when it is unpacked. Do not use it; if it is sound, unpack it into a folder by hand.</summary>
    public const string Bomb = "CSG1228";

    /// <summary>An entry's content is not what the archive says of it. Copy or pack the archive again.</summary>
    public const string EntryDamaged = "CSG1229";

    /// <summary>A package has no specification that can be read. Pack it with the tools of .NET or <c>csg</c>.</summary>
    public const string PackageUnreadable = "CSG1230";

    /// <summary>A package needs more than it holds. Add the package CloudSage.PluginHost.NuGet to the host, or pack the plugin's published output as a ZIP.</summary>
    public const string PackageNotSelfContained = "CSG1231";

    /// <summary>A package's manifest is of another name or version than the package. Its author writes the same into both.</summary>
    public const string PackageDisagrees = "CSG1232";
}
