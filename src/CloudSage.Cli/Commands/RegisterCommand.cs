using System.CommandLine;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Rendering;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Registration;
using CloudSage.Terminal;
using Spectre.Console;

namespace CloudSage.Cli.Commands;

/// <summary><c>csg plugins register</c>: examines a plugin, asks what it is granted, and puts it into the plugin folder and its lock file.</summary>
internal static class RegisterCommand
{
    public static Command Create(TerminalOutput output, TerminalOutput error)
    {
        var path = new Argument<string>("PATH") { Description = "The plugin: a folder, an archive or a DLL, in the plugin folder or elsewhere." };
        var grants = new Option<string[]>("--grant")
        {
            Description = "Grant a permission that the plugin asks for; may be given several times.", HelpName = "PERMISSION", DefaultValueFactory = static _ => [],
        };
        var yes = new Option<bool>("--yes") { Description = "Ask nothing: grant what --grant names and nothing else." };
        var (registrar, format) = (new RegistrarOptions(), CommonOptions.Output());
        var command = new Command("register", "Examine a plugin and put it, with its grants, into the plugin folder and its lock file.") { path, grants, yes, format };
        registrar.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RegistrarOptions.RunAsync(error, async () =>
        {
            var subject = parsed.GetRequiredValue(path);
            if (!Path.Exists(subject)) return error.Refuse(Finding.Error(CliCodes.NotFound, $"There is neither a file nor a folder '{subject}'.", "Check the path."));
            Directory.CreateDirectory(parsed.GetRequiredValue(registrar.Plugins));
            await using var opened = registrar.Open(parsed);
            await using var pending = await opened.PrepareAsync(subject, new StepLines(error), cancellationToken);
            var findings = pending.Report.Findings;
            if (pending.Manifest is not null)
            {
                var asks = !parsed.GetValue(yes) && output.IsTerminal && !Console.IsInputRedirected;
                string[] granted = [.. parsed.GetRequiredValue(grants), .. asks ? Ask(pending, parsed.GetRequiredValue(grants), output) : []];
                cancellationToken.ThrowIfCancellationRequested();
                findings = [.. findings, .. pending.Commit(granted)];
            }

            var isRegistered = findings.All(static f => f.Severity != FindingSeverity.Error);
            var locked = isRegistered ? opened.Read().Plugins[pending.Manifest!.Name] : null;
            if (parsed.GetValue(format) == "json") await ResultJson.WriteAsync(new RegistrationResult(isRegistered, pending.Report.Plugin, locked, findings), cancellationToken);
            else if (isRegistered) output.Write(RegistrationView.Of(pending.Manifest!, locked!, findings));
            else return error.Refuse(findings);
            return isRegistered ? ExitCodes.Success : ExitCodes.BadInput;
        }));
        return command;
    }

    /// <summary>Shows what the plugin asks for and was not granted yet, and asks for each.</summary>
    private static IEnumerable<string> Ask(PendingRegistration pending, string[] given, TerminalOutput output)
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
