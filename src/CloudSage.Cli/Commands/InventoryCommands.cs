using System.CommandLine;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Rendering;
using CloudSage.Cli.Sessions;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Hosting;

namespace CloudSage.Cli.Commands;

/// <summary><c>csg plugins list|show</c>: what folder, lock file and state file tell. Nothing is started.</summary>
internal static class InventoryCommands
{
    public static IEnumerable<Command> Create(Answer answer) => [List(answer), Show(answer)];

    private static Command List(Answer answer)
    {
        var folder = new RegistrarOptions();
        var command = new Command("list", "List the plugins of a folder: what is registered, granted, disabled and found. Nothing is started.");
        folder.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RegistrarOptions.RunAsync(answer, async () =>
        {
            if (PluginFolder.Check(parsed.GetRequiredValue(folder.Plugins)) is { } missing) return answer.Refuse(missing);
            var inventory = await PluginInventory.TakeAsync(folder.Of(parsed), cancellationToken);
            await answer.TellAsync(inventory, CliJsonContext.Default.PluginInventory, InventoryTable.Of, cancellationToken);
            return ExitCodeOf(inventory);
        }));
        return command;
    }

    private static Command Show(Answer answer)
    {
        var name = new Argument<string>("NAME") { Description = "The plugin's name." };
        var folder = new RegistrarOptions();
        var command = new Command("show", "Show all that is known of one plugin without starting it.") { name };
        folder.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RegistrarOptions.RunAsync(answer, async () =>
        {
            if (PluginFolder.Check(parsed.GetRequiredValue(folder.Plugins)) is { } missing) return answer.Refuse(missing);
            var inventory = await PluginInventory.TakeAsync(folder.Of(parsed), cancellationToken);
            var plugin = parsed.GetRequiredValue(name);
            foreach (var finding in inventory.Findings) answer.Remark(finding);
            if (Found(inventory, plugin) is not { } entry) return answer.Refuse(PluginFolder.Unknown(plugin, [.. inventory.Plugins.Select(static p => p.Name)]));
            await answer.TellAsync(entry with { Findings = [.. inventory.Findings.Where(static f => f.Severity == FindingSeverity.Error), .. entry.Findings] }, CliJsonContext.Default.InventoryEntry, _ => InventoryDetails.Of(entry), cancellationToken);
            return ExitCodeOf(inventory);
        }));
        return command;
    }

    /// <summary>Of several files and folders of the name, the one that a host uses, else the registered one; with what was found of the others, as a host tells it.</summary>
    private static InventoryEntry? Found(PluginInventory inventory, string plugin)
        => inventory.Plugins.Where(p => p.Name == plugin).OrderBy(static p => p.ShadowedBy is not null).ThenBy(static p => p.Standing != LockStanding.Registered).ToList() is [var first, .. var others]
            ? first with { Findings = [.. first.Findings.Concat(others.SelectMany(static o => o.Findings)).Distinct()] } : null;

    /// <summary>What is told of a plugin is told; but a lock file or a state file that cannot be read makes the list a guess.</summary>
    private static int ExitCodeOf(PluginInventory inventory)
        => inventory.Findings.FirstOrDefault(static f => f.Severity == FindingSeverity.Error) is { } damage ? ExitCodes.Of(damage) : ExitCodes.Success;
}
