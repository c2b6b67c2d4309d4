namespace CloudSage.UnitTests;

/// <summary>Real billing files beside the repository. They are not part of it: a test that needs them is ignored where they are absent, save in CI.</summary>
internal static class SharedData
{
    public static string Find(params string[] relative)
    {
        var path = Path.Combine([Root(), .. relative]);
        if (!Path.Exists(path))
        {
            var reason = $"{path} is absent: the billing files live beside the repository, not in it.";
            if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(reason);
            Assert.Ignore(reason);
        }
        return path;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "global.json"))) folder = folder.Parent;
        return Path.Combine(folder?.Parent?.FullName ?? throw new DirectoryNotFoundException("No global.json above the tests."), "shared", "data");
    }
}
