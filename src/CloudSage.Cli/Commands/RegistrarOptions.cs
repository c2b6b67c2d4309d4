using System.CommandLine;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Rendering;
using CloudSage.Cli.Sessions;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.Cli.Commands;

/// <summary>What commands that change a plugin folder have in common.</summary>
internal sealed class RegistrarOptions
{
    public Option<string> Plugins { get; } = CommonOptions.Folder();

    public Option<string> State { get; } = CommonOptions.State();

    public Option<string> Environment { get; } = new("--environment")
    {
        Description = "The environment of the host: 'development' warns of what every other refuses.", HelpName = "NAME", DefaultValueFactory = static _ => "production",
    };

    public void AddTo(Command command)
    {
        command.Add(Plugins);
        command.Add(State);
        command.Add(Environment);
        command.Add(CommonOptions.Output());
    }

    /// <summary>Opens the plugin folder.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="checks">Adds the checks that a plugin has to pass; null where none comes in.</param>
    public PluginRegistrar Open(ParseResult parsed, Action<IServiceCollection>? checks = null) => new(checks is null ? Of(parsed) : Of(parsed) with { Services = checks }, TimeProvider.System);

    /// <summary>The plugin folder, and the host that plugins are for.</summary>
    public PluginRegistrarOptions Of(ParseResult parsed)
        => PluginFolder.Options(parsed.GetRequiredValue(Plugins), parsed.GetRequiredValue(State)) with { Environment = parsed.GetRequiredValue(Environment) };

    /// <summary>Carries out a command, and tells what an operator can mend as such.</summary>
    public static async Task<int> RunAsync(Answer answer, Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // A damaged lock file or state file, a full disk, missing rights.
            return answer.Refuse(DamagedFile.FindingOf(e) ?? Finding.Error(CliCodes.StateNotWritable, e.Message, "See to the plugin folder and the state directory."));
        }
    }
}
