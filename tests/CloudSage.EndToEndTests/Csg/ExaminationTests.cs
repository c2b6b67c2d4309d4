using CloudSage.EndToEndTests.Programs;

namespace CloudSage.EndToEndTests.Csg;

/// <summary>What <c>csg plugins register</c> examines, and that <c>--locked</c> changes nothing.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class ExaminationTests
{
    [Test, CancelAfter(60_000)]
    public async Task Code_is_scanned_and_packages_are_looked_up_where_there_is_a_database(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        var without = await RegisterAsync(directory, deadline);
        without.ExitCode.Should().Be(0, without.Error);
        without.Error.Should().MatchRegex(@"(?m)^Scan\s+ok").And.NotContain("Advisories");
        without.Json.GetProperty("findings").EnumerateArray().Single().GetProperty("code").GetString().Should().Be("CSG4010", "it is said that nothing was looked up");

        var advisories = Path.GetDirectoryName(SharedData.Find("osv/GO-2022-0617.json"))!;
        var with = await RegisterAsync(directory, deadline, "--advisories", advisories, "--max-age", "36500");
        with.ExitCode.Should().Be(0, with.Error);
        with.Error.Should().MatchRegex(@"(?m)^Advisories\s+ok");
        with.Json.GetProperty("findings").EnumerateArray().Should().BeEmpty();

        var stale = await RegisterAsync(directory, deadline, "--advisories", advisories);
        stale.ExitCode.Should().Be(65, stale.Error);
        stale.Error.Should().MatchRegex(@"(?m)^Advisories\s+refused").And.Contain("CSG2303");
    }

    [TestCase("advisories", 1, "focus-adapter is not known to be clean: csg plugins audit focus-adapter --advisories advisories")]
    [TestCase("no-such-database", 66, "CSG4001")]
    [TestCase(null, 64, "CSG_ADVISORIES")]
    [CancelAfter(60_000)]
    public async Task Security_updates_take_the_database_that_the_environment_names(string? database, int exitCode, string said, CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        directory.AddPlugins("plugins", "focus-adapter");
        Directory.CreateDirectory(directory["advisories"]);
        var start = new System.Diagnostics.ProcessStartInfo("dotnet", ["exec", Paths.Csg, "plugins", "update", "--security"]);
        start.Environment["CSG_ADVISORIES"] = database;
        using var csg = RunningProgram.Start(start, directory.Path);
        (await csg.WaitForExitAsync(deadline)).Should().Be(exitCode, csg.Output + csg.Error);
        csg.Error.Should().Contain(said);
    }

    [Test, CancelAfter(60_000)]
    public async Task Code_that_does_what_its_manifest_does_not_say_is_refused(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        directory.AddPlugins("samples", "focus-adapter");
        var manifest = directory["samples", "focus-adapter", "manifest.yaml"];
        var lines = (await File.ReadAllLinesAsync(manifest, deadline)).ToList();
        var from = lines.FindIndex(static line => line.StartsWith("permissions:", StringComparison.Ordinal));
        var to = lines.FindIndex(from + 1, static line => line.Length > 0 && !char.IsWhiteSpace(line[0]) && line[0] != '-');
        lines.RemoveRange(from, (to < 0 ? lines.Count : to) - from);
        await File.WriteAllLinesAsync(manifest, lines, deadline);
        var run = await RegisterAsync(directory, deadline, directory["samples", "focus-adapter"]);
        run.ExitCode.Should().Be(65, run.Output + run.Error);
        run.Error.Should().MatchRegex(@"(?m)^Scan\s+refused").And.Contain("CSG25");
        Directory.Exists(directory["plugins", "focus-adapter"]).Should().BeFalse();
    }

    [Test, CancelAfter(60_000)]
    public async Task Locked_lets_in_what_is_registered_and_nothing_else(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        (await RegisterAsync(directory, deadline, "--locked")).ExitCode.Should().Be(65, "it is not registered yet");
        File.Exists(directory["plugins", "plugins.lock"]).Should().BeFalse();
        (await RegisterAsync(directory, deadline)).ExitCode.Should().Be(0);
        var locked = await File.ReadAllTextAsync(directory["plugins", "plugins.lock"], deadline);
        (await RegisterAsync(directory, deadline, "--locked")).ExitCode.Should().Be(0);
        var more = await RegisterAsync(directory, deadline, "--locked", "--grant", "ReadFiles");
        more.ExitCode.Should().Be(65);
        more.Error.Should().Contain("CSG4011");

        Directory.Delete(directory["plugins", "focus-adapter"], recursive: true);
        var restore = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "restore", "--output", "json");
        restore.ExitCode.Should().Be(65, restore.Error);
        restore.Json.GetProperty("findings").EnumerateArray().Single().GetProperty("code").GetString().Should().Be("CSG4012", "it came from a folder");
        (await File.ReadAllTextAsync(directory["plugins", "plugins.lock"], deadline)).Should().Be(locked);
    }

    private static Task<CsgRun> RegisterAsync(TemporaryDirectory directory, CancellationToken deadline, params string[] more)
    {
        string[] words = more is [var path, ..] && Directory.Exists(path) ? more : [Path.Combine(Paths.Plugins, "focus-adapter"), .. more];
        return CsgRun.ExecuteAsync(directory.Path, deadline, ["plugins", "register", .. words, "--yes", "--output", "json"]);
    }
}
