using System.CommandLine;
using CloudSage.Cli.Authoring;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Rendering;
using CloudSage.PluginHost;

namespace CloudSage.Cli.Commands;

/// <summary><c>csg plugin create</c>: a new plugin's project, with manifest, fixture and tests.</summary>
internal static class CreateCommand
{
    public static Command Create(Answer answer)
    {
        var name = new Argument<string>("NAME") { Description = "The plugin's name, such as idle-finder." };
        var type = new Option<string>("--type") { Description = "What it is to be.", HelpName = string.Join('|', PluginTemplate.Types), Required = true };
        type.AcceptOnlyFromAmong([.. PluginTemplate.Types]);
        var language = new Option<string>("--lang") { Description = "Its language.", HelpName = "csharp", DefaultValueFactory = static _ => "csharp" };
        language.AcceptOnlyFromAmong("csharp");
        var folder = new Option<string?>("--output-dir") { Description = "The project's folder, empty or not there yet; without it, the name.", HelpName = "DIR" };
        var source = new Option<string?>("--source")
        {
            Description = "A NuGet feed or folder that has the packages CloudSage.Plugins.*; without it, the project gets those that csg carries.", HelpName = "SOURCE",
        };
        var format = CommonOptions.Output();
        var command = new Command("create", "Write a new plugin's project, with a manifest, a fixture and tests.") { name, type, language, folder, source, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            List<Finding> findings = [];
            if (PluginName.Read(parsed.GetRequiredValue(name), findings) is not { } plugin) return answer.Refuse(findings);
            var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(parsed.GetValue(folder) ?? plugin.Name));
            if (ProjectFolder.Check(target) is { } taken) return answer.Refuse(taken);

            var files = PluginTemplate.Expand(parsed.GetRequiredValue(type), plugin, PackageSource.Version);
            try
            {
                ProjectFolder.Create(target, place => Write(place, files, parsed.GetValue(source)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The author can mend it: missing rights, a full disk.
                return answer.Refuse(Finding.Error(CliCodes.CannotWrite, $"'{target}' cannot be written: {e.Message}", "See to the folder, or name another with --output-dir DIR."));
            }

            if (!PackageSource.IsCarried && parsed.GetValue(source) is null)
                answer.Error.WriteLine($"This csg carries no packages: CloudSage.Plugins.* {PackageSource.Version} must be on a feed of this machine's. Name another with --source.");
            var created = new CreatedPlugin(plugin.Name, parsed.GetRequiredValue(type), target, [.. files.Select(static file => file.Path)]);
            await answer.TellAsync(created, CliJsonContext.Default.CreatedPlugin, $"{plugin.Name} is in {target}. Its README.md says how to build, test and pack it.", cancellationToken);
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Write(string place, IReadOnlyList<ProjectFile> files, string? source)
    {
        foreach (var file in files)
        {
            var path = Path.Combine(place, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Text);
        }

        PackageSource.Write(place, source);
    }
}
