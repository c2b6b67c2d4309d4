namespace CloudSage.EndToEndTests.Programs;

/// <summary>What a program printed, compared with what is kept under <c>snapshots</c>.</summary>
internal static class Snapshot
{
    private const string Accept = "ACCEPT_SNAPSHOTS";

    /// <summary>The difference in words; null where there is none. With ACCEPT_SNAPSHOTS=1 in the environment the text is kept instead.</summary>
    public static string? Difference(string name, string actual)
    {
        var file = Path.Combine(Paths.Repository, "tests", "CloudSage.EndToEndTests", "snapshots", $"{name}.txt");
        actual = string.Join('\n', actual.ReplaceLineEndings("\n").Split('\n').Select(static line => line.TrimEnd())).Trim('\n') + '\n';
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
            return null;
        }

        var expected = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : string.Empty;
        if (expected == actual) return null;
        var (was, now) = (expected.Split('\n'), actual.Split('\n'));
        return $"""
            snapshots/{name}.txt is not what was printed (- kept, + printed):
            {string.Join('\n', was.Except(now).Select(static line => $"- {line}").Concat(now.Except(was).Select(static line => $"+ {line}")))}
            If that is meant: run the tests once with {Accept}=1, look at the changes, and commit them.
            """;
    }
}
