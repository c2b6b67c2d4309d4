using System.CommandLine;
using CloudSage.Cli.Rendering;

namespace CloudSage.Cli.Commands;

/// <summary><c>csg plugins</c>, and everything below it.</summary>
internal static class PluginsCommand
{
    public static Command Create(Answer answer)
    {
        var command = new Command("plugins", "Look at the plugins of a folder, decide what a host may use, and make new ones.")
        {
            CreateCommand.Create(answer), ValidateCommand.Create(answer), TestCommand.Create(answer), PackCommand.Create(answer), DoctorCommand.Create(answer),
            AuditCommand.Create(answer), RegisterCommand.Create(answer), InstallCommand.Create(answer), UpdateCommand.Create(answer), RestoreCommand.Create(answer),
        };
        foreach (var below in InventoryCommands.Create(answer).Concat(DecisionCommands.Create(answer)).Concat(GrantCommands.Create(answer))) command.Add(below);
        command.Aliases.Add("plugin");
        return command;
    }
}
