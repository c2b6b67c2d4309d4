using System.CommandLine;
using CloudSage.Cli.Authoring;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Rendering;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Diagnostics;
using CloudSage.Plugins.Testing;
using CloudSage.Plugins.Testing.Fixtures;

namespace CloudSage.Cli.Commands;

/// <summary><c>csg plugin test</c>: runs a plugin in a real host on a fixture, shows what it answered, and fails where it faults or stays in memory.</summary>
internal static class TestCommand
{
    public static Command Create(Answer answer)
    {
        var path = new Argument<string>("PATH") { Description = "The plugin's project or its folder, which is built first; or a built plugin." };
        var file = new Option<string>("--fixture") { Description = "What it is given: a bill, or JSON with resources, metrics, costs, alerts or recommendations.", HelpName = "FILE", Required = true };
        var settings = new Option<string[]>("--set") { Description = "A setting; may be given several times.", HelpName = "KEY=VALUE", DefaultValueFactory = static _ => [] };
        var (format, verbose) = (CommonOptions.Output(), CommonOptions.Verbose());
        var command = new Command("test", "Run a plugin in a real host on a fixture, and unload it.") { path, file, settings, format, verbose };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            List<Finding> findings = [];
            var fixture = Fixture(parsed.GetRequiredValue(file), findings);
            var set = Settings(parsed.GetValue(settings) ?? [], findings);
            if (fixture is null || findings.Count > 0) return answer.Refuse(findings);
            var plugin = await PluginSubject.BuiltAsync(parsed.GetRequiredValue(path), findings, cancellationToken);
            if (plugin is null) return answer.Refuse(findings);

            try
            {
                var report = await RunAsync(plugin, Configure, cancellationToken);
                await answer.TellAsync(report, PluginTestJsonContext.Default.PluginTestReport, TestView.Of, cancellationToken);
                return report.Passed ? ExitCodes.Success : ExitCodes.Failed;
            }
            catch (PluginRefusedException e)
            {
                // It did not start: its findings say why, as those of a host would.
                answer.Refuse(e.Findings);
                answer.Error.WriteLine(e.Findings.Count > 0 ? $"{e.Plugin} did not start." : e.Message);
                return ExitCodes.Failed;
            }

            void Configure(PluginTestOptions options)
            {
                options.UseFixture(fixture).GrantDeclared().ConfigureServices(static services => services.AddLeakReports());
                foreach (var (key, value) in set) options.Set(key, value);
                if (parsed.GetValue(verbose)) options.WriteLogTo(answer.Error.WriteLine);
            }
        });
        return command;
    }

    private static async Task<PluginTestReport> RunAsync(string plugin, Action<PluginTestOptions> configure, CancellationToken cancellationToken)
    {
        await using var host = await PluginTestHost.StartAsync(plugin, configure, cancellationToken);
        var status = host.Status;
        var replay = await host.ReplayAsync(cancellationToken);
        var verdict = await host.UnloadAsync(cancellationToken);
        var lingering = host.Status.Lingering;
        var left = verdict.Collected && lingering.Count == 0 ? null : await host.Plugins.DiagnoseAsync(host.Name, cancellationToken);
        return new PluginTestReport(status.Name, status.Version, replay, new Diagnosis(status, null, verdict, lingering, left?.Leaks ?? [], left?.Shortfall));
    }

    private static PluginFixture? Fixture(string path, List<Finding> findings)
    {
        try
        {
            return PluginFixture.Read(path);
        }
        catch (FileNotFoundException e)
        {
            // Its own path, or that of the bill which it names.
            findings.Add(Finding.Error(CliCodes.NotFound, e.Message, "Check the path."));
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // The author can mend it.
            findings.Add(Finding.Error(CliCodes.BadFixture, e.Message, "Write it as docs/csg.md says, under 'Fixtures'."));
        }

        return null;
    }

    private static Dictionary<string, string> Settings(IEnumerable<string> texts, List<Finding> findings)
    {
        Dictionary<string, string> settings = new(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) settings[text[..equals]] = text[(equals + 1)..];
            else findings.Add(Finding.Error(CliCodes.BadForm, $"'{text}' is not a setting.", "Write --set KEY=VALUE."));
        }

        return settings;
    }
}
