using System.Diagnostics;
using CloudSage.EndToEndTests.Programs;

namespace CloudSage.EndToEndTests.Csg;

/// <summary>Names, texts and files that mean harm to the command line, or to who reads what it says.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class BadInputTests
{
    private static readonly string[] Names = ["--grant", "-rf", "../x", "/etc", "@arguments", "a\nb", "\u001b[31mred", "\u202eevil", "*", ""];

    private static IEnumerable<TestCaseData> Injections()
        => from verb in new[] { "grant", "unregister", "disable", "show" }
            from name in Names
            select new TestCaseData(verb, name).SetArgDisplayNames(verb, name.Replace("\u001b", "ESC", StringComparison.Ordinal).Replace("\n", "LF", StringComparison.Ordinal).Replace("\u202e", "RLO", StringComparison.Ordinal));

    [TestCaseSource(nameof(Injections)), CancelAfter(60_000), Description("Bad input 59: a name is never an option, a path, a file of arguments, or what steers a terminal")]
    public async Task A_name_is_a_name_and_nothing_else(string verb, string name, CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        directory.AddPlugins("plugins", "console-notifier");
        Directory.CreateDirectory(directory[".cloudsage", "state"]);
        Directory.CreateDirectory(directory["x"]);
        await File.WriteAllTextAsync(directory["arguments"], "console-notifier", deadline);
        var before = Entries(directory);
        string[] words = verb == "grant" ? [name, "ReadCostData"] : [name];
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, ["plugins", verb, "--", .. words]);
        run.ExitCode.Should().BeOneOf([64, 65, 66], run.Output + run.Error);
        run.Output.Should().BeEmpty();
        run.Error.Should().NotContainAny("\u001b", "\u202e");
        run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().OnlyContain(static line => line.Contains("CSG", StringComparison.Ordinal), "each line is a finding");
        Entries(directory).Should().BeEquivalentTo(before);
    }

    [TestCase("@arguments", "plugins", "validate")]
    [TestCase("\u001b[31m", "plugins")]
    [TestCase("--source=a\nb", "plugins", "list")]
    [CancelAfter(60_000), Description("Bad input 59")]
    public async Task A_wrong_command_line_is_told_in_plain_text(string word, params string[] words)
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory["arguments"], "--help", CancellationToken.None);
        var run = await CsgRun.ExecuteAsync(directory.Path, TestContext.CurrentContext.CancellationToken, [.. words, word]);
        run.ExitCode.Should().BeOneOf([64, 66], run.Output + run.Error);
        run.Output.Should().BeEmpty("no argument comes out of a file");
        run.Error.Should().NotContain("\u001b");
    }

    [Test, CancelAfter(60_000), Description("Bad input 60: a registration that is repeated changes nothing")]
    public async Task What_is_registered_twice_is_registered_once(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        var plugin = Path.Combine(Paths.Plugins, "reservation-planner");
        await RegisterAsync("--grant", "ReadCostData");
        var (content, locked) = (Entries(directory), await File.ReadAllBytesAsync(directory["plugins", "plugins.lock"], deadline));
        await RegisterAsync();
        await RegisterAsync("--grant", "ReadCostData", "--locked");
        Entries(directory).Should().BeEquivalentTo(content);
        (await File.ReadAllBytesAsync(directory["plugins", "plugins.lock"], deadline)).Should().Equal(locked);

        async Task RegisterAsync(params string[] more)
        {
            var run = await CsgRun.ExecuteAsync(directory.Path, deadline, ["plugins", "register", plugin, "--yes", .. more]);
            run.ExitCode.Should().Be(0, run.Output + run.Error);
        }
    }

    [Test, CancelAfter(60_000), Description("Bad input 63: control sequences and line breaks in what a plugin says of itself are shown, not obeyed")]
    public async Task What_a_manifest_says_cannot_steer_the_terminal(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        directory.AddPlugins("plugins", "reservation-planner");
        var manifest = directory["plugins", "reservation-planner", "manifest.yaml"];
        var text = await File.ReadAllTextAsync(manifest, deadline);
        const string Evil = "\"fine\\e[2J\\r\\nCSG0000: forged\\u202e\"";
        var changed = System.Text.RegularExpressions.Regex.Replace(text, @"reason: .*", $"reason: {Evil}");
        changed.Should().Contain(Evil);
        await File.WriteAllTextAsync(manifest, changed, deadline);
        string[][] commands = [["register", "plugins/reservation-planner", "--yes"], ["show", "reservation-planner"], ["list"], ["validate", "plugins/reservation-planner"]];
        foreach (var words in commands)
        {
            var run = await CsgRun.ExecuteAsync(directory.Path, deadline, ["plugins", .. words]);
            (run.Output + run.Error).Should().NotContainAny("\u001b", "\u202e", "\r").And.NotMatchRegex("(?m)^CSG0000", string.Join(' ', words));
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    [CancelAfter(60_000)]
    public async Task On_a_terminal_there_are_colours_unless_they_are_not_wanted(bool isWanted, CancellationToken deadline)
    {
        if (!File.Exists("/usr/bin/script")) Absence.Report("There is no 'script', which gives a program a terminal.");
        using var directory = new TemporaryDirectory();
        directory.AddPlugins("plugins", "console-notifier");
        await File.WriteAllTextAsync(directory["plugins", "plugins.lock"], """{ "lockVersion": 1, "plugins": {} }""", deadline);
        var start = new ProcessStartInfo("/usr/bin/script", ["-qec", $"dotnet exec '{Paths.Csg}' plugins list", "/dev/null"]);
        start.Environment["TERM"] = "xterm-256color";
        if (isWanted) start.Environment.Remove("NO_COLOR");
        else start.Environment["NO_COLOR"] = "1";
        using var program = RunningProgram.Start(start, directory.Path);
        (await program.WaitForExitAsync(deadline)).Should().Be(0, program.Output);
        program.Output.Should().Contain("console-notifier");
        System.Text.RegularExpressions.Regex.IsMatch(program.Output, @"\u001b\[[0-9;]*(3|4|9|10)[0-9](;[0-9;]+)?m").Should().Be(isWanted, program.Output);
    }

    private static List<string> Entries(TemporaryDirectory directory) => [.. Directory.EnumerateFileSystemEntries(directory.Path, "*", SearchOption.AllDirectories)
        .Where(static path => !path.Contains("audit.jsonl", StringComparison.Ordinal) && !path.Contains(".cloudsage", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
