using System.CommandLine;
using System.Security.Cryptography;
using CloudSage.Cli.Authoring;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Rendering;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Hosting;

namespace CloudSage.Cli.Commands;

/// <summary><c>csg plugin pack</c>: builds a plugin, checks it, and makes the package that hosts install.</summary>
internal static class PackCommand
{
    public static Command Create(Answer answer)
    {
        var path = new Argument<string>("PATH") { Description = "The plugin's project, or a folder that holds it." };
        var folder = new Option<string>("--output-dir") { Description = "Where the package is put.", HelpName = "DIR", DefaultValueFactory = static _ => "artifacts" };
        var format = CommonOptions.Output();
        var command = new Command("pack", "Make a plugin's package: the same bytes from the same source.") { path, folder, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            List<Finding> findings = [];
            var subject = parsed.GetRequiredValue(path);
            var project = PluginSubject.Project(subject, findings);
            if (project is null && findings.Count == 0)
                findings.Add(Finding.Error(CliCodes.NoProject, $"'{subject}' holds no project of a plugin: a .csproj with a manifest.yaml beside it.", "Packages are made from the source: name the project."));
            if (project is null) return answer.Refuse(findings);

            var target = Path.GetFullPath(parsed.GetRequiredValue(folder));
            var build = await project.BuildAsync("Release", ["-target:Pack", $"-property:PackageOutputPath={target}"], findings, cancellationToken);
            if (build is null) return answer.Refuse(findings);
            findings.AddRange((await PluginValidation.ValidateAsync(build.Folder, cancellationToken)).Where(static f => f.Severity == FindingSeverity.Error));
            if (build.Packages is not [var package])
                findings.Add(Finding.Error(CliCodes.BuildFailed, $"{Path.GetFileName(project.File)} made no package.", "Remove IsPackable=false from the project."));
            else if (findings.Count == 0) return await TellAsync(package, cancellationToken);

            // A package that no host would load must not lie about.
            foreach (var refused in build.Packages) File.Delete(refused);
            return answer.Refuse(findings);

            async Task<int> TellAsync(string file, CancellationToken token)
            {
                await using var bytes = File.OpenRead(file);
                var packed = new PackedPlugin(file, "sha256:" + Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, token)));
                if (answer.IsJson) await answer.TellJsonAsync(packed, CliJsonContext.Default.PackedPlugin, token);
                else answer.Output.WriteLine($"{packed.File}{Environment.NewLine}{packed.Hash}");
                return ExitCodes.Success;
            }
        });
        return command;
    }
}
