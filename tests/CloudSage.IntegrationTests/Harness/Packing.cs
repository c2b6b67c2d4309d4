using System.IO.Compression;
using System.Text;

namespace CloudSage.IntegrationTests.Harness;

/// <summary>Packs a built plugin into one file, as people and tools do.</summary>
internal static class Packing
{
    /// <summary>A ZIP archive.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="top">A folder that everything is in, with a slash at its end.</param>
    public static byte[] Zip(this PluginFiles plugin, string top = "") => Pack(plugin.Files.Select(f => (top + f.Key, f.Value)));

    /// <summary>A package of NuGet's.</summary>
    public static byte[] Package(this PluginFiles plugin, string version, string dependencies = "")
    {
        var specification = $"<package><metadata><id>{plugin.Name}</id><version>{version}</version><dependencies>{dependencies}</dependencies></metadata></package>";
        var files = plugin.Files.Select(static f => (f.Key == PluginFiles.Manifest ? f.Key : "lib/net10.0/" + f.Key, f.Value));
        return Pack(files.Append(($"{plugin.Name}.nuspec", Encoding.UTF8.GetBytes(specification))).Append(("[Content_Types].xml", "<Types/>"u8.ToArray())));
    }

    public static byte[] Pack(IEnumerable<(string Name, byte[] Content)> files)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return packed.ToArray();
    }
}
