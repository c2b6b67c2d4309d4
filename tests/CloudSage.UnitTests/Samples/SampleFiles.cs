namespace CloudSage.UnitTests.Samples;

/// <summary>The samples' own files in the repository.</summary>
internal static class SampleFiles
{
    public static string Folder
    {
        get
        {
            var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "global.json"))) folder = folder.Parent;
            return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("No global.json above the tests."), "samples");
        }
    }

    public static string Find(params string[] relative) => Path.Combine([Folder, .. relative]);
}
