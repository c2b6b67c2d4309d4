using System.CommandLine;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Rendering;
using CloudSage.Cli.Sessions;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Registration;

namespace CloudSage.Cli.Commands;

/// <summary><c>csg plugins restore</c>: puts back what the lock file has and the folder lacks, from where it was installed.</summary>
internal static class RestoreCommand
{
    public static Command Create(Answer answer)
    {
        var (sources, signed) = (InstallCommand.Sources(), InstallCommand.Signed());
        var (flow, locked) = (new RegistrarOptions(), new Option<bool>("--locked") { Description = "Put back exactly what is registered, or change nothing: for build servers." });
        var examination = new ExaminationOptions();
        var command = new Command("restore", "Put back plugins that the lock file has, and the folder lacks or has otherwise.") { sources, signed, locked };
        examination.AddTo(command);
        flow.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RegistrarOptions.RunAsync(answer, async () =>
        {
            if (PluginFolder.Check(parsed.GetRequiredValue(flow.Plugins)) is { } missing) return answer.Refuse(missing);
            if (!File.Exists(Path.Combine(parsed.GetRequiredValue(flow.Plugins), PluginLock.FileName)))
                return answer.Refuse(Finding.Error(CliCodes.NotFound, $"There is no lock file in '{parsed.GetRequiredValue(flow.Plugins)}'.", "Take it from your version control; it begins with the first plugin that is registered."));
            if (examination.Check(parsed) is { } absent) return answer.Refuse(absent);
            // First what a process that died has begun: after that the folder is what it is.
            await using var opened = flow.Open(parsed, services => examination.AddChecks(parsed, services));
            await opened.VerifyAsync(cancellationToken);
            var inventory = await PluginInventory.TakeAsync(flow.Of(parsed), cancellationToken);
            if (inventory.Findings.FirstOrDefault(static f => f.Severity == FindingSeverity.Error) is { } damage) return answer.Refuse(damage);

            await using var restoring = new Restoring(
                opened, parsed.GetRequiredValue(flow.Plugins), parsed.GetRequiredValue(sources), parsed.GetValue(signed), parsed.GetValue(locked), answer);
            var result = await restoring.RunAsync(inventory, cancellationToken);
            var exitCode = result.Findings.Any(static f => f.Severity == FindingSeverity.Error) ? answer.Refuse(result.Findings) : ExitCodes.Success;
            if (exitCode == ExitCodes.Success) foreach (var finding in result.Findings) answer.Remark(finding);
            var line = result.Restored.Count == 0 ? "The folder has all that the lock file says." : $"Put back: {string.Join(", ", result.Restored)}.";
            if (answer.IsJson || exitCode == ExitCodes.Success || result.Restored.Count > 0) await answer.TellAsync(result, CliJsonContext.Default.RestoreResult, line, cancellationToken);
            return exitCode;
        }));
        return command;
    }
}
