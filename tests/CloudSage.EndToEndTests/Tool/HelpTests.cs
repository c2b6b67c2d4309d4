using System.Text.RegularExpressions;
using CloudSage.EndToEndTests.Programs;

namespace CloudSage.EndToEndTests.Tool;

/// <summary>What the packed tool says of itself.</summary>
public sealed partial class HelpTests
{
    [Test, CancelAfter(120_000)]
    public async Task Help_of_every_command_is_as_it_was_agreed(CancellationToken deadline)
    {
        var tool = await PackedTool.Shared;
        using var directory = new TemporaryDirectory();
        List<string> differences = [];
        var commands = new Queue<string[]>([[]]);
        while (commands.TryDequeue(out var command))
        {
            var run = await tool.CsgAsync(directory.Path, deadline, [.. command, "--help"]);
            run.ExitCode.Should().Be(0, run.Error);
            if (Snapshot.Difference(string.Join('-', command.Prepend("csg")), run.Output) is { } difference) differences.Add(difference);
            foreach (Match below in Command().Matches(Commands().Match(run.Output).Value)) commands.Enqueue([.. command, below.Groups[1].Value]);
            if (!Commands().IsMatch(run.Output)) run.Output.Should().Contain("Examples:", $"csg {string.Join(' ', command)} needs one");
        }

        differences.Should().BeEmpty();
    }

    [Test, CancelAfter(60_000)]
    public async Task Plugin_and_plugins_are_the_same_word(CancellationToken deadline)
    {
        var tool = await PackedTool.Shared;
        using var directory = new TemporaryDirectory();
        var one = await tool.CsgAsync(directory.Path, deadline, "plugin", "--help");
        var many = await tool.CsgAsync(directory.Path, deadline, "plugins", "--help");
        one.Output.Should().Be(many.Output).And.Contain("doctor").And.Contain("create").And.Contain("pack");
    }

    [Test, CancelAfter(60_000)]
    public async Task Version_is_that_of_the_package(CancellationToken deadline)
    {
        var tool = await PackedTool.Shared;
        using var directory = new TemporaryDirectory();
        var run = await tool.CsgAsync(directory.Path, deadline, "--version");
        var package = Path.GetFileNameWithoutExtension(Directory.EnumerateFiles(PackedTool.Feed, "CloudSage.Cli.*.nupkg").Single());
        $"CloudSage.Cli.{run.Output.Trim().Split('+')[0]}".Should().Be(package);
    }

    [TestCase("bash")]
    [TestCase("zsh")]
    [TestCase("pwsh")]
    [CancelAfter(60_000)]
    public async Task Completion_is_a_script_that_asks_csg(string shell, CancellationToken deadline)
    {
        var tool = await PackedTool.Shared;
        using var directory = new TemporaryDirectory();
        var run = await tool.CsgAsync(directory.Path, deadline, "completion", shell);
        run.ExitCode.Should().Be(0, run.Error);
        run.Output.Should().Contain("[suggest:");
    }

    [Test, CancelAfter(60_000)]
    public async Task Bash_completes_what_was_begun(CancellationToken deadline)
    {
        await PackedTool.Shared;
        if (OperatingSystem.IsWindows()) Absence.Report("There is no bash.");
        using var directory = new TemporaryDirectory();
        var run = await PackedTool.RunAsync("bash", directory.Path, deadline, "-c",
            "source <(csg completion bash); COMP_LINE='csg plugins do'; COMP_POINT=14; COMP_WORDS=(csg plugins do); COMP_CWORD=2; _csg; echo \"${COMPREPLY[@]}\"");
        run.Output.Trim().Should().Be("doctor", run.Error);
    }

    /// <summary>The list of commands in a help text, to its end.</summary>
    [GeneratedRegex(@"^Commands:\n(?:  .*\n?)+", RegexOptions.Multiline)]
    private static partial Regex Commands();

    [GeneratedRegex(@"^  ([a-z]+)", RegexOptions.Multiline)]
    private static partial Regex Command();
}
