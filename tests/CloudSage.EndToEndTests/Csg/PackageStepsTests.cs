using System.Diagnostics;
using CloudSage.EndToEndTests.Programs;

namespace CloudSage.EndToEndTests.Csg;

/// <summary>What is seen of packages while they are fetched: on a terminal the step, elsewhere nothing.</summary>
public sealed class PackageStepsTests
{
    private const string Command = "plugins install absent --source feed --yes";

    [Test, CancelAfter(60_000)]
    public async Task A_terminal_shows_the_step_and_a_pipe_nothing(CancellationToken deadline)
    {
        if (!File.Exists("/usr/bin/script")) Absence.Report("There is no 'script', which gives a program a terminal.");
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(directory["feed"]);

        var start = new ProcessStartInfo("/usr/bin/script", ["-qec", $"dotnet exec '{Paths.Csg}' {Command}", "/dev/null"]);
        using var script = RunningProgram.Start(start, directory.Path);
        (await script.WaitForExitAsync(deadline)).Should().Be(65, script.Output);
        script.Output.Should().Contain("the versions of absent").And.Contain("CSG2606");

        var piped = await CsgRun.ExecuteAsync(directory.Path, deadline, Command.Split(' '));
        piped.ExitCode.Should().Be(65, piped.Error);
        piped.Error.Should().Contain("CSG2606").And.NotContain("the versions of absent");
    }
}
