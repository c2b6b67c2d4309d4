namespace CloudSage.UnitTests.Manifests;

/// <summary>
/// Good and bad manifests in tests/schema/manifests, on which the reader and the published schema must agree. Those of the files named "ends" follow
/// the required keys.
/// </summary>
internal static class ManifestCorpus
{
    /// <summary>Neither reader nor schema objects.</summary>
    public static IEnumerable<string> Good => Read("good").Concat(Ends("good-ends"));

    /// <summary>Both object.</summary>
    public static IEnumerable<string> Bad => Read("bad").Concat(Ends("bad-ends"));

    /// <summary>Only the reader objects: a schema cannot say it.</summary>
    public static IEnumerable<string> BeyondSchema => Ends("beyond-schema-ends");

    private static IEnumerable<string> Ends(string name) => Read(name).Select(static end => Reading.Head + end);

    private static string[] Read(string name)
        => File.ReadAllText(Path.Combine(RepositoryFolder.Root, "tests", "schema", "manifests", name + ".yaml")).ReplaceLineEndings("\n").Split("\n---\n");
}
