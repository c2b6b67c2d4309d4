using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CloudSage.EndToEndTests.Programs;

namespace CloudSage.EndToEndTests.Csg;

/// <summary>Ctrl-C and SIGTERM in the midst of a command: it ends in order, and the next one works.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class InterruptionTests
{
    [TestCase("INT", 130)]
    [TestCase("TERM", 143)]
    [CancelAfter(60_000), Description("Bad input 64: an installation that is ended leaves nothing half registered")]
    public async Task An_installation_that_is_ended_leaves_nothing(string signal, int exitCode, CancellationToken deadline)
    {
        if (OperatingSystem.IsWindows()) Assert.Ignore("Windows has no way to interrupt another process without a console of its own.");
        using var directory = new TemporaryDirectory();
        directory.AddPlugins("samples", "console-notifier");
        using var silence = new TcpListener(IPAddress.Loopback, 0);
        silence.Start();
        var feed = $"http://127.0.0.1:{((IPEndPoint)silence.LocalEndpoint).Port}/v3/index.json";

        using var csg = RunningProgram.Start(Paths.Csg, directory.Path, "plugins", "install", "Contoso.Steward", "--yes", "--source", feed, "--output", "json");
        // The feed was asked, and never answers: the installation is at its midst.
        using var asked = await silence.AcceptTcpClientAsync(deadline);
        csg.Signal(signal);
        (await csg.WaitForExitAsync(deadline)).Should().Be(exitCode, csg.Error);
        csg.Output.Should().Contain("CSG4008");
        await NextWorksAsync(directory, deadline);
    }

    [TestCase("INT", 130)]
    [TestCase("TERM", 143)]
    [CancelAfter(60_000), Description("Bad input 64: so does a registration that is ended")]
    public async Task A_registration_that_is_ended_leaves_nothing(string signal, int exitCode, CancellationToken deadline)
    {
        if (!File.Exists("/usr/bin/script")) Absence.Report("There is no 'script', which gives a program a terminal.");
        using var directory = new TemporaryDirectory();
        directory.AddPlugins("samples", "console-notifier", "reservation-planner");
        // It is examined and asks for its grants: from here on it could be registered.
        using var script = RunningProgram.Start(InTerminal("plugins register samples/reservation-planner"), directory.Path);
        await script.WaitForAsync("ReadCostData", deadline);
        var id = System.Text.RegularExpressions.Regex.Match(script.Output, @"PID (\d+)").Groups[1].Value;
        using (var kill = Process.Start("kill", [$"-{signal}", id])) await kill.WaitForExitAsync(deadline);
        (await script.WaitForExitAsync(deadline)).Should().Be(exitCode, script.Output);
        Directory.EnumerateFileSystemEntries(directory["plugins"]).Select(Path.GetFileName).Should().OnlyContain(static name => name!.StartsWith('.'));
        await NextWorksAsync(directory, deadline);
    }

    [Test, CancelAfter(60_000)]
    public async Task An_input_that_ends_before_the_answer_is_a_refusal([Values] bool beforeTheQuestion, CancellationToken deadline)
    {
        if (!File.Exists("/usr/bin/script")) Absence.Report("There is no 'script', which gives a program a terminal.");
        using var directory = new TemporaryDirectory();
        directory.AddPlugins("samples", "console-notifier", "reservation-planner");
        using var script = RunningProgram.Start(InTerminal("plugins register samples/reservation-planner"), directory.Path);
        await script.WaitForAsync(beforeTheQuestion ? "PID" : "ReadCostData", deadline);
        // Ctrl-D.
        script.Type("\u0004");
        (await script.WaitForExitAsync(deadline)).Should().Be(66, script.Output);
        script.Output.Should().Contain("CSG4014");
        await NextWorksAsync(directory, deadline);
    }

    [Test, CancelAfter(60_000)]
    public async Task Each_question_has_its_answer(CancellationToken deadline)
    {
        if (!File.Exists("/usr/bin/script")) Absence.Report("There is no 'script', which gives a program a terminal.");
        using var directory = new TemporaryDirectory();
        directory.AddPlugins("samples", "ec2-rightsizer");
        using var script = RunningProgram.Start(InTerminal("plugins register samples/ec2-rightsizer"), directory.Path);
        await script.WaitForAsync("UseUnsafeCode", deadline);
        script.Type("what\ny\n\n\n\n\n\n");
        (await script.WaitForExitAsync(deadline)).Should().Be(0, script.Output);
        var list = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "show", "ec2-rightsizer", "--output", "json");
        list.Json.GetProperty("locked").GetProperty("grants").EnumerateArray().Select(static g => g.GetString()).Should().Equal("ReadInstanceMetrics");
        list.Json.GetProperty("notGranted").EnumerateArray().Should().NotBeEmpty("Enter alone is a no");
    }

    [Test, CancelAfter(60_000)]
    public async Task What_waits_for_a_pipe_that_nobody_writes_to_ends_at_the_second_signal(CancellationToken deadline)
    {
        if (OperatingSystem.IsWindows()) Assert.Ignore("Windows has no way to interrupt another process without a console of its own.");
        using var directory = new TemporaryDirectory();
        directory.AddPlugins("plugins", "focus-adapter");
        using (var pipe = Process.Start("mkfifo", [directory["bill.csv"]])) await pipe.WaitForExitAsync(deadline);
        using var csg = RunningProgram.Start(Paths.Csg, directory.Path, "analyze", "bill.csv", "--verbose");
        await csg.WaitForAsync("focus-adapter 1.0.0 added", deadline);
        csg.Signal("TERM");
        csg.Signal("TERM");
        (await csg.WaitForExitAsync(deadline)).Should().Be(143, csg.Error);
    }

    /// <summary>csg with a terminal of its own; it says its process id first.</summary>
    private static ProcessStartInfo InTerminal(string command)
        => new("/usr/bin/script", ["-qec", $"echo PID $$; exec env --default-signal=INT dotnet exec '{Paths.Csg}' {command}", "/dev/null"]) { RedirectStandardInput = true };

    private static async Task NextWorksAsync(TemporaryDirectory directory, CancellationToken deadline)
    {
        var next = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "register", "samples/console-notifier", "--yes", "--output", "json");
        next.ExitCode.Should().Be(0, next.Error);
        var verify = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "verify");
        verify.ExitCode.Should().Be(0, verify.Error);
        verify.Output.Should().Contain("All 1 registered");
        Directory.EnumerateFileSystemEntries(directory["plugins"]).Select(Path.GetFileName).Where(static name => !name!.StartsWith('.')).Should().BeEquivalentTo("console-notifier", "plugins.lock");
    }
}
