using CloudSage.EndToEndTests.Programs;

namespace CloudSage.EndToEndTests.Worker;

/// <summary>The worker as a newcomer meets it: the first analysis, then plugins that come, change and go.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class WorkerTests
{
    private static string[] Arguments =>
        [$"--Worker:Bills:0={Paths.Sample("shop-focus-1.2.csv")}", $"--Analysis:Inventory={Paths.Sample("inventory.csv")}"];

    [Test, CancelAfter(60_000)]
    public async Task Once_prints_plugins_spike_and_recommendations_and_ends(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        directory.AddPlugins("plugins", [.. Directory.EnumerateDirectories(Paths.Plugins).Select(static d => Path.GetFileName(d))]);
        using var worker = RunningProgram.Start(Paths.Worker, directory.Path, [.. Arguments, "--once"]);
        (await worker.WaitForExitAsync(deadline)).Should().Be(0, worker.Error);
        worker.Output.Should().Contain("<- spike, +85.5 %").And.Contain("CostSpikeDetected").And.Contain("i-0c0ffee000000004").And.Contain("Together up to");
        worker.Output.Should().NotContain("\u001b", "standard output is no terminal").And.NotContain("[/]").And.NotContain("Rejected");
    }

    [Test, CancelAfter(120_000)]
    public async Task A_running_worker_adds_upgrades_and_removes_what_is_dropped_and_says_so(CancellationToken deadline)
    {
        if (OperatingSystem.IsWindows()) Assert.Ignore("Windows has no way to interrupt another process without a console of its own.");
        using var directory = new TemporaryDirectory();
        directory.AddPlugins("plugins", "focus-adapter");
        using var worker = RunningProgram.Start(Paths.Worker, directory.Path, Arguments);
        await worker.WaitForAsync("What to try next", deadline);

        directory.AddPlugins("plugins", "console-notifier");
        await worker.WaitForAsync("console-notifier 1.0.0 added, serves AlertHandler (", deadline);

        var manifest = directory["plugins", "console-notifier", "manifest.yaml"];
        var text = await File.ReadAllTextAsync(manifest, deadline);
        await File.WriteAllTextAsync(manifest, text.Replace("version: 1.0.0", "version: 1.1.0", StringComparison.Ordinal), deadline);
        await worker.WaitForAsync("console-notifier upgraded from 1.0.0 to 1.1.0 (", deadline);
        await worker.WaitForAsync("console-notifier 1.0.0 left memory", deadline);

        Directory.Delete(directory["plugins", "console-notifier"], recursive: true);
        await worker.WaitForAsync("console-notifier 1.1.0 removed (", deadline);

        worker.Interrupt();
        (await worker.WaitForExitAsync(deadline)).Should().Be(0, worker.Error);
    }

    [Test, CancelAfter(120_000)]
    public async Task What_is_offered_to_try_works([Values] bool registered, CancellationToken deadline)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("The commands that are offered on Windows are PowerShell's.");
            return;
        }

        using var directory = new TemporaryDirectory();
        directory.AddPlugins("plugins", "focus-adapter", "console-notifier");
        if (registered) (await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "register", "plugins/console-notifier", "--yes")).ExitCode.Should().Be(0);
        // The worker says what csg does, and means the tool that is installed.
        var tool = directory["csg"];
        await File.WriteAllTextAsync(tool, $"#!/bin/sh\nexec dotnet exec '{Paths.Csg}' \"$@\"\n", deadline);
        File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var worker = RunningProgram.Start(Paths.Worker, directory.Path, Arguments);
        await worker.WaitForAsync("delete it", deadline);

        if (registered) await TryAsync("copy it");
        if (registered) await TryAsync("change it");
        await TryAsync("upgrade it");
        await worker.WaitForAsync("console-notifier upgraded from 1.0.0 to 1.1.0 (", deadline);
        await TryAsync("take it out");
        await worker.WaitForAsync("console-notifier 1.1.0 removed (", deadline);
        await TryAsync("put it back");
        await worker.WaitForAsync("console-notifier 1.1.0 added", deadline);
        await TryAsync("delete it");
        Directory.EnumerateDirectories(directory.Path).Select(Path.GetFileName).Should().NotContain("console-notifier");
        Directory.Exists(directory["plugins", "console-notifier"]).Should().BeFalse();
        (worker.Output + worker.Error).Should().NotContain("console-notifier is refused").And.NotContain("new content of console-notifier", "a strict host lets in what is offered");

        async Task TryAsync(string what)
        {
            var command = worker.Output.Split('\n').Single(line => line.TrimStart().StartsWith($"{what}  ", StringComparison.Ordinal)).Trim()[what.Length..];
            var start = new System.Diagnostics.ProcessStartInfo("/bin/sh", ["-c", command]);
            start.Environment["PATH"] = $"{directory.Path}:{Environment.GetEnvironmentVariable("PATH")}";
            using var shell = RunningProgram.Start(start, directory.Path);
            (await shell.WaitForExitAsync(deadline)).Should().Be(0, "{0}:{1}", command, shell.Output + shell.Error);
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task The_configuration_of_the_working_directory_overrides_the_defaults(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        directory.AddPlugins("elsewhere", "focus-adapter", "ec2-rightsizer");
        await File.WriteAllTextAsync(directory["appsettings.json"], """
            {
              "PluginHost": {
                "Discovery": { "Directories": [ "elsewhere" ] },
                "Permissions": { "Grants": { "ec2-rightsizer": [ "ReadCostData" ] } }
              }
            }
            """, deadline);
        using var worker = RunningProgram.Start(Paths.Worker, directory.Path, "--once");
        (await worker.WaitForExitAsync(deadline)).Should().Be(0, worker.Error);
        worker.Output.Should().Contain("focus-adapter 1.0.0 added").And.MatchRegex("ec2-rightsizer .*(ReadInstanceMetrics)");
    }

    [TestCase("CSG1201", "--Worker:Once=false")]
    [TestCase("PluginHost:Broker:FaultThreshold is 0", "--PluginHost:Broker:FaultThreshold=0")]
    [CancelAfter(60_000)]
    public async Task What_keeps_a_worker_from_starting_is_said_in_one_line(string reason, string argument)
    {
        var deadline = TestContext.CurrentContext.CancellationToken;
        using var directory = new TemporaryDirectory();
        directory.AddPlugins("plugins", "focus-adapter");
        using var first = RunningProgram.Start(Paths.Worker, directory.Path);
        await first.WaitForAsync("What to try next", deadline);

        using var second = RunningProgram.Start(Paths.Worker, directory.Path, argument);

        (await second.WaitForExitAsync(deadline)).Should().Be(2, second.Error);
        second.Error.Trim().Should().Contain(reason).And.NotContain("\n");
        second.Output.Should().BeEmpty();
    }

    [TestCase("PluginHost:Advisories:LookInterval is 00:00:00", "Advisories:LookInterval=0")]
    [TestCase("PluginHost:Advisories:Databse is no option. Did you mean 'Database'?", "Advisories:Databse=advisories")]
    [TestCase("PluginHost:SecurityUpdates:Interval is 00:00:00", "SecurityUpdates:Interval=0")]
    [TestCase("PluginHost:SecurityUpdates:Cooldwn is no option. Did you mean 'Cooldown'?", "SecurityUpdates:Cooldwn=1")]
    [TestCase("PluginHost:Packages:Signature is no option. Did you mean 'Signatures'?", "Packages:Signature=Require")]
    [TestCase("PluginHost:Packages:Timeout is -00:00:01", "Packages:Timeout=-00:00:01")]
    [TestCase("PluginHost:Scan:FileTimout is no option. Did you mean 'FileTimeout'?", "Scan:FileTimout=00:00:20")]
    [CancelAfter(60_000)]
    public async Task Parts_that_are_configured_wrongly_are_said_in_one_line(string reason, string setting)
    {
        using var directory = new TemporaryDirectory();
        using var worker = RunningProgram.Start(Paths.Worker, directory.Path, $"--PluginHost:{setting}");
        (await worker.WaitForExitAsync(TestContext.CurrentContext.CancellationToken)).Should().Be(2, worker.Error);
        worker.Error.Trim().Should().Contain(reason).And.NotContain("\n");
        worker.Output.Should().BeEmpty();
    }

    [TestCase("Required=true", "Rejected", "No database of advisories is configured")]
    [TestCase("Database=advisories", "Active", "focus-adapter 1.0.0 added")]
    [TestCase("Database=elsewhere", "Rejected", "elsewhere' cannot be used")]
    [CancelAfter(60_000)]
    public async Task In_production_whoever_asks_for_advisories_gets_only_what_is_clean(string setting, string state, string said)
    {
        var deadline = TestContext.CurrentContext.CancellationToken;
        using var directory = new TemporaryDirectory();
        directory.AddPlugins("plugins", "focus-adapter");
        Directory.CreateDirectory(directory["advisories"]);
        await File.WriteAllTextAsync(directory["advisories", "GHSA-none.json"], $$"""
            { "id": "GHSA-none", "modified": "{{DateTimeOffset.UtcNow:O}}", "affected": [ { "package": { "ecosystem": "NuGet", "name": "Unrelated" }, "versions": [ "1.0.0" ] } ] }
            """, deadline);
        using var worker = RunningProgram.Start(Paths.Worker, directory.Path, $"--PluginHost:Advisories:{setting}", "--PluginHost:Scan:FileTimeout=00:00:20", "--once");
        (await worker.WaitForExitAsync(deadline)).Should().Be(0, worker.Error);
        worker.Output.Should().Contain(state).And.Contain(said);
    }
}
