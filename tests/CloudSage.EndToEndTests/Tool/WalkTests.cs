using System.Text.RegularExpressions;
using CloudSage.EndToEndTests.Programs;

namespace CloudSage.EndToEndTests.Tool;

/// <summary>The five commands of docs/writing-a-plugin.md, exactly as they stand there.</summary>
public sealed partial class WalkTests
{
    [Test, CancelAfter(300_000)]
    public async Task The_five_commands_of_the_guide_lead_to_a_running_plugin(CancellationToken deadline)
    {
        await PackedTool.Shared;
        var guide = await File.ReadAllTextAsync(Path.Combine(Paths.Repository, "docs", "writing-a-plugin.md"), deadline);
        var commands = Block().Match(guide).Groups[1].Value.Trim().Split('\n');
        commands.Should().HaveCount(5);

        // As on a machine that never saw csg, with a feed that has it.
        using var machine = new TemporaryDirectory();
        using var directory = PackedTool.Workplace();
        CsgRun last = null!;
        foreach (var command in commands)
        {
            string[] words = command.Split(' ');
            var began = TimeProvider.System.GetTimestamp();
            last = await PackedTool.RunForAsync(machine.Path, words[0], directory.Path, words[1..], deadline);
            last.ExitCode.Should().Be(0, $"{command}\n{last.Output}\n{last.Error}");
            await TestContext.Out.WriteLineAsync($"{TimeProvider.System.GetElapsedTime(began).TotalSeconds,5:0.0} s  {command}");
            if (words.Contains("test")) last.Output.Should().Contain("Stop vm-idle").And.Contain("It left memory").And.Contain("Passed.");
        }

        last.Output.Should().Contain("idle-finder 1.0.0").And.Contain("Succeeded");
    }

    [GeneratedRegex(@"^## Five commands$.*?^```sh\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
