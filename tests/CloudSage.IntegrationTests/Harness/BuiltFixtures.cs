using System.Reflection;

namespace CloudSage.IntegrationTests.Harness;

/// <summary>Where the build put the fixture projects' outputs.</summary>
internal static class BuiltFixtures
{
    public static string RepositoryRoot => Path.GetFullPath(Path.Combine(Metadata("Fixtures"), "..", ".."));

    public static string Localized => Output("Localized");

    public static string NetStandardUser => Output("NetStandardUser");

    public static string SqliteUser => Output("SqliteUser");

    public static string ChildHost => Path.Combine(Output("ChildHost"), "ChildHost.dll");

    public static string ChildInstaller => Path.Combine(Output("ChildInstaller"), "ChildInstaller.dll");

    public static string JsonUser(string version) => Output(Path.Combine("JsonUser", $"Json-{version}"));

    private static string Output(string project) => Path.Combine(Metadata("Fixtures"), project, Metadata("FixtureOutput"));

    private static string Metadata(string key) => typeof(BuiltFixtures).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
