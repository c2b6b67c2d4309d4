using System.Reflection;

namespace CloudSage.PackageTests.Feeds;

/// <summary>The packages that the build made of the fixture projects.</summary>
internal static class PackedFixtures
{
    public static string Folder { get; } = typeof(PackedFixtures).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "PackedFixtures").Value!;

    public static string PathOf(string id, string version) => Path.Combine(Folder, $"{id}.{version}.nupkg");
}
