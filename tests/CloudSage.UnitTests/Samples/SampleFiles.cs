namespace CloudSage.UnitTests.Samples;

/// <summary>The samples' own files in the repository.</summary>
internal static class SampleFiles
{
    public static string Folder => Path.Combine(RepositoryFolder.Root, "samples");

    public static string Find(params string[] relative) => Path.Combine([Folder, .. relative]);
}
