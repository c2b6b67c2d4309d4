using System.CommandLine;
using CloudSage.Cli.Codes;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost;
using CloudSage.Terminal;

namespace CloudSage.Cli.Commands;

/// <summary><c>csg validate</c>: everything that is wrong with a plugin, in lines that editors understand. No code of it runs.</summary>
internal static class ValidateCommand
{
    public static Command Create(TerminalOutput output, TerminalOutput error)
    {
        var path = new Argument<string>("PATH") { Description = "A manifest.yaml, a plugin's folder, a plugin of one DLL, or a .zip or .nupkg." };
        var command = new Command("validate", "Check a plugin without running it.") { path };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var subject = parsed.GetRequiredValue(path);
            if (!Path.Exists(subject))
                return error.Refuse(Finding.Error(CliCodes.NotFound, $"There is neither a file nor a folder '{subject}'.", "Check the path."));

            var findings = await PluginValidation.ValidateAsync(subject, cancellationToken);
            foreach (var finding in findings) output.WriteLine(finding.ToString());
            var errors = findings.Count(static f => f.Severity == FindingSeverity.Error);
            error.WriteLine(errors == 0 ? $"{subject} is fit to load." : $"{subject} has {errors} error(s).");
            return errors == 0 ? ExitCodes.Success : ExitCodes.BadInput;
        });
        return command;
    }
}
