using System.CommandLine;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Rendering;
using CloudSage.PluginHost;

namespace CloudSage.Cli.Commands;

/// <summary><c>csg plugins register</c>: examines a plugin, asks what it is granted, and puts it into the plugin folder and its lock file.</summary>
internal static class RegisterCommand
{
    public static Command Create(Answer answer)
    {
        var path = new Argument<string>("PATH") { Description = "The plugin: a folder, an archive or a DLL, in the plugin folder or elsewhere." };
        var flow = new RegistrationFlow(answer);
        var command = new Command("register", "Examine a plugin and put it, with its grants, into the plugin folder and its lock file.") { path };
        flow.AddTo(command);
        command.Add(flow.Locked);
        command.SetAction((parsed, cancellationToken) => RegistrarOptions.RunAsync(answer, async () =>
        {
            var subject = parsed.GetRequiredValue(path);
            return Path.Exists(subject)
                ? await flow.TellAsync(await flow.RegisterAsync(parsed, subject, null, isSourceNamed: false, cancellationToken), cancellationToken)
                : answer.Refuse(Finding.Error(CliCodes.NotFound, $"There is neither a file nor a folder '{subject}'.", "Check the path."));
        }));
        return command;
    }
}
