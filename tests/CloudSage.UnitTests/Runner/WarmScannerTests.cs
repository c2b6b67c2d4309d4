using System.Diagnostics;
using CloudSage.PluginHost.Runner.Child;
using CloudSage.UnitTests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Runner;

/// <summary>The child that scans: whatever becomes of it, the host has an answer and goes on.</summary>
internal sealed class WarmScannerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public async Task One_child_answers_one_file_after_another()
    {
        using var folder = new TempFolder();
        await using var scanner = Scan.Child();
        var path = folder.Write("good.dll", new TestAssembly("Good").Build());

        scanner.ProcessId.Should().BeNull("it is not started before it is needed");
        var first = await scanner.ScanAsync(path, CancellationToken.None);
        var process = scanner.ProcessId;
        var others = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => scanner.ScanAsync(path, CancellationToken.None)));

        first.Report!.Assembly.Should().Be("Good");
        others.Should().AllSatisfy(a => a.Should().BeEquivalentTo(first));
        scanner.ProcessId.Should().Be(process);
    }

    [Test]
    public async Task A_file_that_is_not_there_is_refused_and_the_child_lives_on()
    {
        await using var scanner = Scan.Child();

        (await scanner.ScanAsync(Path.Combine(Path.GetTempPath(), "csg-absent.dll"), CancellationToken.None)).Report!.Refusal.Should().Contain("cannot be read");
        scanner.ProcessId.Should().NotBeNull();
    }

    [Test, Platform(Exclude = "Win", Reason = "A pipe with a name in the file system holds the child in the midst of a file."), Description("Bad input 11")]
    public async Task A_child_that_is_killed_in_the_midst_of_a_file_is_a_verdict_and_the_next_file_gets_a_new_one()
    {
        using var folder = new TempFolder();
        await using var scanner = Scan.Child();
        await scanner.WarmUpAsync(CancellationToken.None);
        var scan = scanner.ScanAsync(await NamedPipeAsync(folder), CancellationToken.None);
        using (var child = Process.GetProcessById(scanner.ProcessId!.Value)) child.Kill();
        var answer = await scan.WaitAsync(Patience);

        answer.End.Should().Be(ScanEnd.Died);
        answer.Report.Should().BeNull();
        answer.Reason.Should().Contain("Exit code 137");
        (await scanner.ScanAsync(folder.Write("good.dll", new TestAssembly("Good").Build()), CancellationToken.None)).End.Should().Be(ScanEnd.Report);
    }

    [Test, Platform(Exclude = "Win", Reason = "A pipe with a name in the file system holds the child in the midst of a file."), Description("Bad input 11")]
    public async Task A_child_that_hangs_is_ended_at_the_limit_and_the_next_file_gets_a_new_one()
    {
        using var folder = new TempFolder();
        var clock = new FakeTimeProvider();
        await using var scanner = Scan.Child(clock);
        await scanner.WarmUpAsync(CancellationToken.None);
        var process = scanner.ProcessId!.Value;
        var scan = scanner.ScanAsync(await NamedPipeAsync(folder), CancellationToken.None);
        scan.IsCompleted.Should().BeFalse();
        clock.Advance(Scan.Limits.FileTimeout);
        var answer = await scan.WaitAsync(Patience);

        answer.End.Should().Be(ScanEnd.Silent);
        IsAlive(process).Should().BeFalse();
        (await scanner.ScanAsync(folder.Write("good.dll", new TestAssembly("Good").Build()), CancellationToken.None)).End.Should().Be(ScanEnd.Report);
    }

    [Test]
    public async Task A_child_that_was_ended_while_it_had_no_work_costs_no_plugin_anything()
    {
        using var folder = new TempFolder();
        await using var scanner = Scan.Child();
        await scanner.WarmUpAsync(CancellationToken.None);
        using (var child = Process.GetProcessById(scanner.ProcessId!.Value))
        {
            child.Kill();
            await child.WaitForExitAsync().WaitAsync(Patience);
        }

        (await scanner.ScanAsync(folder.Write("good.dll", new TestAssembly("Good").Build()), CancellationToken.None)).End.Should().Be(ScanEnd.Report);
    }

    [Test]
    public async Task The_child_ends_when_it_had_no_work_for_long_and_comes_back()
    {
        using var folder = new TempFolder();
        var clock = new FakeTimeProvider();
        await using var scanner = Scan.Child(clock);
        var path = folder.Write("good.dll", new TestAssembly("Good").Build());
        await scanner.ScanAsync(path, CancellationToken.None);
        var process = scanner.ProcessId!.Value;
        clock.Advance(Scan.Limits.IdleTime);

        IsAlive(process).Should().BeFalse();
        scanner.ProcessId.Should().BeNull();
        (await scanner.ScanAsync(path, CancellationToken.None)).End.Should().Be(ScanEnd.Report);
    }

    [Test]
    public async Task The_child_ends_with_its_owner()
    {
        var scanner = Scan.Child();
        await scanner.WarmUpAsync(CancellationToken.None);
        var process = scanner.ProcessId!.Value;
        await scanner.DisposeAsync();

        IsAlive(process).Should().BeFalse();
    }

    [Test, Platform(Exclude = "Win", Reason = "A pipe with a name in the file system holds the child in the midst of a file.")]
    public async Task Who_gives_up_waiting_leaves_no_child_in_the_midst_of_a_file()
    {
        using var folder = new TempFolder();
        await using var scanner = Scan.Child();
        await scanner.WarmUpAsync(CancellationToken.None);
        var process = scanner.ProcessId!.Value;
        using var stop = new CancellationTokenSource();
        var scan = scanner.ScanAsync(await NamedPipeAsync(folder), stop.Token);
        await stop.CancelAsync();

        await scan.Invoking(static s => s).Should().ThrowAsync<OperationCanceledException>();
        IsAlive(process).Should().BeFalse();
    }

    [Test]
    public async Task A_program_that_is_no_scanner_is_an_answer_and_no_exception()
    {
        await using var absent = With(new ProcessStartInfo("/no/such/program"));
        await using var other = With(new ProcessStartInfo("dotnet", "--version"));

        (await absent.ScanAsync("x.dll", CancellationToken.None)).End.Should().Be(ScanEnd.NotStarted);
        (await other.ScanAsync("x.dll", CancellationToken.None)).Should().Match<ScanAnswer>(static a => a.End == ScanEnd.NotStarted && a.Reason.Length > 0);
    }

    [Test, Platform("Linux", Reason = "The environment of a process is read from /proc.")]
    public async Task The_child_knows_nothing_of_the_hosts_environment()
    {
        Environment.SetEnvironmentVariable("CSG_TEST_SECRET", "secret");
        await using var scanner = Scan.Child();
        await scanner.WarmUpAsync(CancellationToken.None);

        var environment = await File.ReadAllTextAsync($"/proc/{scanner.ProcessId}/environ");
        environment.Split('\0', StringSplitOptions.RemoveEmptyEntries).Should().OnlyContain(static v => v.StartsWith("DOTNET_"));
        (await File.ReadAllTextAsync($"/proc/{scanner.ProcessId}/limits")).Should().MatchRegex(@"Max data size +\d+ ");
    }

    [Test]
    public async Task A_file_that_needs_more_memory_than_the_child_has_costs_the_child_and_not_the_host()
    {
        using var folder = new TempFolder();
        await using var scanner = Scan.Child(heapMegabytes: 64);
        var path = folder.File("large.dll");
        await using (var file = File.Create(path)) file.SetLength(120L << 20);
        var answer = await scanner.ScanAsync(path, CancellationToken.None);

        answer.End.Should().Be(ScanEnd.Died, answer.Report?.Refusal);
        (await scanner.ScanAsync(folder.Write("good.dll", new TestAssembly("Good").Build()), CancellationToken.None)).End.Should().Be(ScanEnd.Report);
    }

    private static WarmScanner With(ProcessStartInfo program)
    {
        (program.RedirectStandardInput, program.RedirectStandardOutput, program.RedirectStandardError) = (true, true, true);
        return new WarmScanner(() => program, static () => null, static () => Scan.Limits, TimeProvider.System, NullLogger<WarmScanner>.Instance);
    }

    /// <summary>Nobody writes to it: who opens it to read waits for ever.</summary>
    private static async Task<string> NamedPipeAsync(TempFolder folder)
    {
        using var make = Process.Start("mkfifo", folder.File("pipe.dll"));
        await make.WaitForExitAsync();
        return folder.File("pipe.dll");
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            // There is none with that id.
            return false;
        }
    }
}
