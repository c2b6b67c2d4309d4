namespace CloudSage.EndToEndTests.Programs;

/// <summary>Real billing files beside the repository. They are not part of it: a test that needs them is ignored where they are absent, save in CI.</summary>
internal static class SharedData
{
    private static string Root => Path.GetFullPath(Path.Combine(Paths.Repository, "..", "shared", "data"));

    /// <summary>The files of some folders, as <c>folder/file</c>; where there are none, one name that is not there.</summary>
    public static IEnumerable<string> FilesOf(params string[] folders)
    {
        var files = folders.Select(static f => Path.Combine(Root, f)).Where(Directory.Exists)
            .SelectMany(static f => Directory.EnumerateFiles(f))
            .Select(static f => Path.GetRelativePath(Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal).ToList();
        return files.Count > 0 ? files : [folders[0] + "/(none)"];
    }

    public static string Find(string relative)
    {
        var path = Path.Combine(Root, relative);
        if (!File.Exists(path)) Absence.Report($"{path} is absent: the billing files live beside the repository, not in it.");
        return path;
    }
}

/// <summary>What a test needs and this machine lacks.</summary>
internal static class Absence
{
    /// <summary>Ignores the test, but fails it in CI.</summary>
    public static void Report(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(reason);
        Assert.Ignore(reason);
    }
}
