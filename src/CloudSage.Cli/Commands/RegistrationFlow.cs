using System.CommandLine;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Rendering;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Registration;
using CloudSage.Terminal;
using Spectre.Console;

namespace CloudSage.Cli.Commands;

/// <summary>From a plugin's files to its line in the lock file: examine, ask what to grant, put in place, tell.</summary>
internal sealed class RegistrationFlow(TerminalOutput output, TerminalOutput error)
{
    private readonly Option<string[]> _grants = new("--grant")
    {
        Description = "Grant a permission that the plugin asks for; may be given several times.", HelpName = "PERMISSION", DefaultValueFactory = static _ => [],
    };

    private readonly Option<bool> _yes = new("--yes") { Description = "Ask nothing: grant what --grant names and nothing else." };
    private readonly Option<string> _format = CommonOptions.Output();

    public RegistrarOptions Registrar { get; } = new();

    public Option<string> Format => _format;

    public void AddTo(Command command)
    {
        command.Add(_grants);
        command.Add(_yes);
        command.Add(_format);
        Registrar.AddTo(command);
    }

    /// <summary>Registers the plugin at a path.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="path">The plugin.</param>
    /// <param name="origin">Where it came from; null for a file or folder.</param>
    /// <param name="cancellationToken">Gives up; nothing is half done.</param>
    public async Task<int> RegisterAsync(ParseResult parsed, string path, PluginOrigin? origin, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(parsed.GetRequiredValue(Registrar.Plugins));
        await using var opened = Registrar.Open(parsed);
        var isFirst = opened.Read().Plugins.Count == 0;
        await using var pending = await opened.PrepareAsync(path, new StepLines(error), cancellationToken);
        var findings = pending.Report.Findings;
        if (pending.Manifest is not null)
        {
            var named = parsed.GetRequiredValue(_grants);
            var asks = !parsed.GetValue(_yes) && output.IsTerminal && !Console.IsInputRedirected;
            string[] granted = [.. named, .. asks ? Ask(pending, named) : []];
            cancellationToken.ThrowIfCancellationRequested();
            findings = [.. findings, .. pending.Commit(granted, origin)];
        }

        var isRegistered = findings.All(static f => f.Severity != FindingSeverity.Error);
        var locked = isRegistered ? opened.Read().Plugins[pending.Manifest!.Name] : null;
        if (parsed.GetValue(_format) == "json") await ResultJson.WriteAsync(new RegistrationResult(isRegistered, pending.Report.Plugin, locked, findings), cancellationToken);
        else if (isRegistered) output.Write(RegistrationView.Of(pending.Manifest!, locked!, findings));
        else return error.Refuse(findings);
        if (isRegistered && isFirst) await TellOfOthersAsync(opened, cancellationToken);
        return isRegistered ? ExitCodes.Success : ExitCodes.BadInput;
    }

    /// <summary>With the first line of a lock file, what else lies in the folder is no longer let in by a strict host: nobody may be surprised by that.</summary>
    private async Task TellOfOthersAsync(PluginRegistrar opened, CancellationToken cancellationToken)
    {
        foreach (var other in await opened.VerifyAsync(cancellationToken)) error.WriteLine($"The folder has a lock file now. {other}");
    }

    /// <summary>Shows what the plugin asks for and was not granted yet, and asks for each.</summary>
    private IEnumerable<string> Ask(PendingRegistration pending, string[] given)
    {
        var open = pending.Manifest!.Permissions.Where(p => !given.Contains(p.Name) && pending.Before?.Grants.Contains(p.Name) != true).ToArray();
        if (open.Length > 0) output.Write(RegistrationView.Asked(pending.Manifest, open));
        return [.. open.Where(p => output.Live.Confirm($"Grant {p.Name}?", defaultValue: false)).Select(static p => p.Name)];
    }

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
