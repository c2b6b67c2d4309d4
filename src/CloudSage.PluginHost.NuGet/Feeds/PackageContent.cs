using System.Xml;
using NuGet.Packaging;
using NuGet.Packaging.Core;

namespace CloudSage.PluginHost.NuGet.Feeds;

/// <summary>Opens package files, of which nothing is sure: what is damaged becomes a finding.</summary>
internal static class PackageContent
{
    private const long MostInMemory = 256L << 20;
    private const long MostInSpecification = 1L << 20;

    /// <summary>Reads something out of a package.</summary>
    /// <exception cref="FindingException">It is no package, or damaged.</exception>
    public static T Read<T>(Stream content, string name, Func<PackageArchiveReader, T> read)
    {
        try
        {
            using var package = new PackageArchiveReader(content, leaveStreamOpen: true);
            // NuGet reads it whole into memory, whatever its size.
            using (Entry(package, package.GetNuspecFile(), MostInSpecification)) return read(package);
        }
        catch (Exception e) when (e is PackagingException or InvalidDataException or XmlException or FormatException or ArgumentException or EndOfStreamException
            or InvalidOperationException or FileNotFoundException)
        {
            // What the archive's and the nuspec's readers throw for content that is not what it should be.
            throw new FindingException(Finding.Error(PackageCodes.Damaged, $"{name} is not a whole NuGet package: {e.Message}", "Fetch or build it again."));
        }
    }

    public static T Read<T>(CachedPackage package, Func<PackageArchiveReader, T> read)
    {
        using var file = new FileStream(package.Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        return Read(file, package.Identity.ToString(), read);
    }

    /// <summary>An entry as a stream that can seek. Where the package was not examined, in NuGet's own folders, an entry may still be of any size.</summary>
    /// <exception cref="InvalidDataException">It is larger than any assembly.</exception>
    public static MemoryStream Entry(PackageArchiveReader package, string name) => Entry(package, name, MostInMemory);

    private static MemoryStream Entry(PackageArchiveReader package, string name, long most)
    {
        using var content = package.GetStream(name);
        var copy = new MemoryStream();
        var buffer = new byte[1 << 16];
        int read;
        while ((read = content.Read(buffer)) > 0)
        {
            copy.Write(buffer, 0, read);
            if (copy.Length > most) throw new InvalidDataException($"The entry '{name}' is larger than {most:N0} bytes.");
        }

        copy.Position = 0;
        return copy;
    }

    /// <summary>A source that gives another package than was asked for is not believed.</summary>
    /// <exception cref="FindingException">It is another one, or damaged.</exception>
    public static void Check(Stream content, PackageIdentity expected, string source)
    {
        var found = Read(content, expected.ToString(), static package => package.NuspecReader.GetIdentity());
        if (found.Equals(expected)) return;
        throw new FindingException(Finding.Error(
            PackageCodes.OtherPackage, $"The source '{source}' gave {found} where {expected} was asked for.", "Tell whoever runs the source."));
    }
}
