using System.CommandLine;
using CloudSage.Cli.Authoring;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Rendering;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.NuGet.Installing;
using CloudSage.Terminal;

namespace CloudSage.Cli.Commands;

/// <summary>
/// <c>csg plugin validate</c>, and <c>csg validate</c> for short: everything that is wrong with a plugin, in lines that editors understand. No code
/// of it runs.
/// </summary>
internal static class ValidateCommand
{
    public static Command Create(Answer answer)
    {
        var path = new Argument<string>("PATH") { Description = "A manifest.yaml, a plugin's folder, a plugin of one DLL, or a .zip or .nupkg." };
        var format = CommonOptions.Output();
        var command = new Command("validate", "Check a plugin without running it.") { path, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var subject = parsed.GetRequiredValue(path);
            if (Advice(subject) is { } advice) return answer.Refuse(advice);

            var findings = await PluginValidation.ValidateAsync(subject, static services => services.AddPluginPackages(), cancellationToken);
            var errors = findings.Count(static f => f.Severity == FindingSeverity.Error);
            if (answer.IsJson) await answer.TellJsonAsync(new PluginCheck(subject, errors == 0, findings), CliJsonContext.Default.PluginCheck, cancellationToken);
            else foreach (var finding in findings) answer.Output.WriteLine(PlainText.Line(finding.ToString()));
            answer.Error.WriteLine(PlainText.Line(errors == 0 ? $"{subject} is fit to load." : $"{subject} has {errors} error(s)."));
            return errors == 0 ? ExitCodes.Success : ExitCodes.BadInput;
        });
        return command;
    }

    /// <summary>What is no plugin would get findings that lead astray.</summary>
    private static Finding? Advice(string subject)
    {
        if (!Path.Exists(subject)) return Finding.Error(CliCodes.NotFound, $"There is neither a file nor a folder '{subject}'.", "Check the path.");
        if (PluginSubject.Several(subject) is { } several) return several;
        var isManifest = Path.GetExtension(subject).ToUpperInvariant() is ".YAML" or ".YML";
        return isManifest || PluginProject.Find(subject) is not [var project, ..] ? null : Finding.Error(
            CliCodes.NotBuilt, $"'{subject}' holds the source of a plugin, and not a plugin that a host loads.",
            $"Check its manifest with 'csg plugin validate {Path.Combine(project.Folder, "manifest.yaml")}', or build it with 'dotnet publish {project.File} -o DIR' and check DIR.");
    }
}
