using System.IO.Compression;
using CloudSage.PluginHost.Manifests;

namespace CloudSage.PluginHost.Staging.Archives;

/// <summary>What an entry is, by the attributes that an archive gives it: only files and folders are unpacked.</summary>
internal static class EntryNature
{
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const int Folder = 0x4000;
    private const int Link = 0xA000;

    /// <summary>Why an entry is refused for what it is; null where it is not.</summary>
    public static Finding? Judge(ZipArchiveEntry entry)
    {
        var name = ShownText.Quote(entry.FullName);
        if (entry.IsEncrypted)
            return Finding.Error(ArchiveCodes.Encrypted, $"The archive's entry {name} is encrypted.", "Pack it without a password.");

        // The upper half is the mode on Unix, the lower the attributes on Windows.
        var type = (entry.ExternalAttributes >> 16) & TypeMask;
        var isFolder = entry.FullName.EndsWith('/');
        if (type == Link || ((FileAttributes)entry.ExternalAttributes & FileAttributes.ReparsePoint) != 0)
            return Finding.Error(ArchiveCodes.NotAFile, $"The archive's entry {name} is a link.", "Pack the file that it leads to.");
        if (type is not (0 or RegularFile or Folder))
            return Finding.Error(ArchiveCodes.NotAFile, $"The archive's entry {name} is a device, a pipe or a socket.", "Leave it out and pack again.");
        if (isFolder ? entry.Length > 0 : type == Folder)
            return Finding.Error(ArchiveCodes.FileAndFolder, $"The archive's entry {name} is a file and a folder at once.", "Pack it again.");
        return null;
    }
}
