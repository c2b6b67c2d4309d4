namespace CloudSage.UnitTests;

/// <summary>Real data beside the repository. They are not part of it: a test that needs them is ignored where they are absent, save in CI.</summary>
internal static class SharedData
{
    public static string Find(params string[] relative)
    {
        var path = Path.GetFullPath(Path.Combine([RepositoryFolder.Root, "..", "shared", "data", .. relative]));
        if (!Path.Exists(path)) Absence.Report($"{path} is absent: the data live beside the repository, not in it.");
        return path;
    }
}
