using System.Text;

namespace CloudSage.UnitTests.Staging.Archives;

/// <summary>A package as NuGet's tools lay it out.</summary>
internal static class Package
{
    public const string Manifest = "name: packed\nversion: 1.0.0\ntype: optimizer\nentry_point: Packed.dll\n";

    /// <summary>A package with its usual furniture.</summary>
    /// <param name="dependencies">The elements below <c>dependencies</c>.</param>
    /// <param name="files">Further files, each with its name as content.</param>
    public static CraftedArchive Of(string dependencies, params string[] files)
    {
        var archive = new CraftedArchive()
            .Add("_rels/.rels", "<Relationships/>")
            .Add("packed.nuspec", Specification(dependencies))
            .Add("[Content_Types].xml", "<Types/>")
            .Add("package/services/metadata/core-properties/0123.psmdcp", "<coreProperties/>")
            .Add("manifest.yaml", Manifest);
        foreach (var file in files) archive.Add(new CraftedEntry(file, Encoding.UTF8.GetBytes(file)));
        return archive;
    }

    public static string Specification(string dependencies) => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
          <metadata><id>Packed</id><version>1.0.0</version><dependencies>{dependencies}</dependencies></metadata>
        </package>
        """;
}
