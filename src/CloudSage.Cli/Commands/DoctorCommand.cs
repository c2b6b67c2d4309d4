using System.CommandLine;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Rendering;
using CloudSage.Cli.Sessions;
using CloudSage.PluginHost;

namespace CloudSage.Cli.Commands;

/// <summary><c>csg plugins doctor</c>: starts a plugin, looks at it, unloads it, and says whether it left memory or what keeps it.</summary>
internal static class DoctorCommand
{
    public static Command Create(Answer answer)
    {
        var name = new Argument<string>("NAME") { Description = "The plugin's name." };
        var (plugins, settings, format, verbose) = (CommonOptions.Plugins(), CommonOptions.Settings(), CommonOptions.Output(), CommonOptions.Verbose());
        var command = new Command("doctor", "Start a plugin, unload it, and say whether it left memory, or what keeps it there.")
        {
            name, plugins, settings, format, verbose,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            List<Finding> findings = [];
            if (PluginFolder.Check(parsed.GetRequiredValue(plugins)) is { } missing) findings.Add(missing);
            var set = PluginSetting.Read(parsed.GetValue(settings) ?? [], findings);
            if (findings.Count > 0) return answer.Refuse(findings);

            var request = new SessionRequest(parsed.GetRequiredValue(plugins)) { Settings = set, Only = parsed.GetRequiredValue(name), Verbose = parsed.GetValue(verbose) };
            await using var session = await PluginSession.StartAsync(request, cancellationToken);
            var plugin = parsed.GetRequiredValue(name);
            if (session.Plugins.Find(plugin) is not { } status) return answer.Refuse(PluginFolder.Unknown(plugin, session.Plugins.Plugins));

            var diagnosis = await ExamineAsync(session.Plugins, status, cancellationToken);
            await answer.TellAsync(diagnosis, CliJsonContext.Default.Diagnosis, DiagnosisView.Of, cancellationToken);
            return diagnosis.HasLeft ? ExitCodes.Success : ExitCodes.Failed;
        });
        return command;
    }

    /// <summary>Looks at the plugin while it serves, and at what is left of it afterwards.</summary>
    internal static async Task<Diagnosis> ExamineAsync(IPluginHost host, PluginStatus status, CancellationToken cancellationToken)
    {
        if (status.State != PluginState.Active) return new Diagnosis(status, null, null, [], [], null);
        var serving = await host.DiagnoseAsync(status.Name, cancellationToken);
        var verdict = await host.UnloadAsync(status.Name, cancellationToken);
        var lingering = host.Find(status.Name)?.Lingering ?? [];
        if (verdict is { Collected: true } && lingering.Count == 0) return new Diagnosis(status, serving.Holdings, verdict, [], [], serving.Shortfall);
        var left = await host.DiagnoseAsync(status.Name, cancellationToken);
        return new Diagnosis(status, serving.Holdings, verdict, lingering, left.Leaks, left.Shortfall);
    }
}
