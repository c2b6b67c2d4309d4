using System.Reflection;

namespace CloudSage.EndToEndTests.Programs;

/// <summary>Where the build put what these tests run.</summary>
internal static class Paths
{
    public static string Csg => Read("Csg");

    public static string Worker => Read("Worker");

    public static string EmbeddedHost => Read("EmbeddedHost");

    /// <summary>The sample plugins, staged for these tests alone.</summary>
    public static string Plugins => Read("Plugins");

    /// <summary>A plugin that never leaves memory.</summary>
    public static string Stayer => Read("Stayer");

    /// <summary>Debug or Release: in which the programs were built.</summary>
    public static string Configuration => Read("Configuration");

    public static string Repository => Read("Repository");

    public static string Sample(string name) => Path.Combine(Repository, "samples", "data", name);

    private static string Read(string key) => typeof(Paths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
