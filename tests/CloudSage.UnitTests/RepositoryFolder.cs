namespace CloudSage.UnitTests;

/// <summary>The repository that the tests run in.</summary>
internal static class RepositoryFolder
{
    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "global.json"))) folder = folder.Parent;
            return folder?.FullName ?? throw new DirectoryNotFoundException("No global.json above the tests.");
        }
    }
}
