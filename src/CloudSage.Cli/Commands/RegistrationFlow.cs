using System.CommandLine;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Rendering;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.NuGet;
using CloudSage.PluginHost.Registration;
using CloudSage.Terminal;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.Cli.Commands;

/// <summary>From a plugin's files to its line in the lock file: examine, ask what to grant, put in place, tell.</summary>
internal sealed class RegistrationFlow(Answer answer, bool looksUp = true)
{
    private readonly Option<string[]> _grants = new("--grant")
    {
        Description = "Grant a permission that the plugin asks for; may be given several times.", HelpName = "PERMISSION", DefaultValueFactory = static _ => [],
    };

    private readonly Option<bool> _yes = new("--yes") { Description = "Ask nothing: grant what --grant names and nothing else." };

    private readonly ExaminationOptions _examination = new();
    private readonly Option<bool> _locked = new("--locked") { Description = "Refuse whatever would change the lock file: for build servers." };

    public RegistrarOptions Registrar { get; } = new();

    /// <summary>For commands that may be asked to leave the lock file as it is.</summary>
    public Option<bool> Locked => _locked;

    public void AddTo(Command command)
    {
        command.Add(_grants);
        command.Add(_yes);
        if (looksUp) _examination.AddTo(command);
        Registrar.AddTo(command);
    }

    /// <summary>Registers the plugin at a path.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="path">The plugin.</param>
    /// <param name="origin">Where it came from; null for a file or folder.</param>
    /// <param name="isSourceNamed">Whether the operator named where it is to come from.</param>
    /// <param name="cancellationToken">Gives up; nothing is half done.</param>
    public async Task<RegistrationResult> RegisterAsync(ParseResult parsed, string path, PluginOrigin? origin, bool isSourceNamed, CancellationToken cancellationToken)
    {
        if (looksUp && _examination.Check(parsed) is { } absent) return RegistrationResult.Refused(null, [absent]);
        Directory.CreateDirectory(parsed.GetRequiredValue(Registrar.Plugins));
        await using var opened = Registrar.Open(parsed, services => AddChecks(parsed, services));
        var isFirst = opened.Read().Plugins.Count == 0;
        await using var pending = await opened.PrepareAsync(path, new StepLines(answer.Error), cancellationToken);
        var findings = pending.Report.Findings;
        if (pending.Manifest is not { } manifest) return RegistrationResult.Refused(pending.Report.Plugin, findings);
        if (PackageOrigin.SourceChange(manifest.Name, pending.Before, origin, isSourceNamed) is { } change) findings = [.. findings, change];
        if (findings.Any(static f => f.Severity == FindingSeverity.Error)) return RegistrationResult.Refused(manifest.Name, findings);
        var named = parsed.GetRequiredValue(_grants);
        var agreed = parsed.GetValue(_yes) || parsed.GetValue(_locked) || !answer.MayAsk ? [] : await AskAsync(pending, named, cancellationToken);
        if (agreed is null) return RegistrationResult.Refused(manifest.Name, [.. findings, NoAnswer(manifest.Name)]);
        string[] granted = [.. named, .. agreed];
        cancellationToken.ThrowIfCancellationRequested();
        if (looksUp && _examination.NotLookedUp(parsed) is { } silence) findings = [.. findings, silence];
        if (parsed.GetValue(_locked) && LockedMode.Check(pending, granted, origin) is { } difference) return RegistrationResult.Refused(manifest.Name, [.. findings, difference]);
        findings = [.. findings, .. pending.Commit(granted, origin)];
        if (findings.Any(static f => f.Severity == FindingSeverity.Error)) return RegistrationResult.Refused(manifest.Name, findings);
        if (isFirst) await TellOfOthersAsync(opened, cancellationToken);
        return new RegistrationResult(true, manifest.Name, opened.Read().Plugins[manifest.Name], findings) { Manifest = manifest };
    }

    private void AddChecks(ParseResult parsed, IServiceCollection services)
    {
        if (looksUp) _examination.AddChecks(parsed, services);
        else ExaminationOptions.AddScan(services);
    }

    /// <summary>Tells people what came of it.</summary>
    /// <returns>The exit code.</returns>
    public int Show(RegistrationResult result)
    {
        if (!result.Registered) return answer.Refuse(result.Findings);
        if (!answer.IsJson) answer.Output.Write(RegistrationView.Of(result.Manifest!, result.Locked!, result.Findings));
        return ExitCodes.Success;
    }

    /// <summary>Tells what came of it, programs too.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TellAsync(RegistrationResult result, CancellationToken cancellationToken)
    {
        var exitCode = Show(result);
        if (answer.IsJson) await answer.TellJsonAsync(result, CliJsonContext.Default.RegistrationResult, cancellationToken);
        return exitCode;
    }

    /// <summary>With the first line of a lock file, what else lies in the folder is no longer let in by a strict host: nobody may be surprised by that.</summary>
    private async Task TellOfOthersAsync(PluginRegistrar opened, CancellationToken cancellationToken)
    {
        foreach (var other in await opened.VerifyAsync(cancellationToken)) answer.Remark(other with { Message = $"The folder has a lock file now. {other.Message}" });
    }

    /// <summary>Shows what the plugin asks for and was not granted yet, and asks for each.</summary>
    /// <returns>What is to be granted; null where the answers have ended before the questions.</returns>
    private async Task<IReadOnlyList<string>?> AskAsync(PendingRegistration pending, string[] given, CancellationToken cancellationToken)
    {
        var open = pending.Manifest!.Permissions.Where(p => !given.Contains(p.Name) && pending.Before?.Grants.Contains(p.Name) != true).ToArray();
        if (open.Length > 0) answer.Output.Write(RegistrationView.Asked(pending.Manifest, open));
        var granted = new List<string>();
        foreach (var permission in open)
        {
            if (await Question.AskAsync(answer.Output, answer.Input, $"Grant {permission.Name}?", cancellationToken) is not { } isGranted) return null;
            if (isGranted) granted.Add(permission.Name);
        }

        return granted;
    }

    private static Finding NoAnswer(string plugin) => Finding.Error(
        CliCodes.NoAnswer, $"The input ended before it was said what {plugin} is granted: nothing was registered.", "Answer each question, or ask for none with --yes and name what to grant: --grant PERMISSION.");

    /// <summary>A line for each step as it ends.</summary>
    private sealed class StepLines(TerminalOutput error) : IProgress<StepReport>
    {
        public void Report(StepReport value)
        {
            var worst = value.Findings.Count == 0 ? "ok" : value.Findings.Max(static f => f.Severity) switch
            {
                FindingSeverity.Error => "refused", FindingSeverity.Warning => "warns", _ => "ok",
            };
            error.WriteLine($"{value.Step,-14} {worst} ({value.Elapsed.TotalMilliseconds:0} ms)");
        }
    }
}
