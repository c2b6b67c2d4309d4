using CloudSage.Cli.Codes;
using CloudSage.PluginHost;
using CloudSage.Terminal;

namespace CloudSage.Cli.Commands;

/// <summary>Tells why what was asked cannot be done.</summary>
internal static class RefusedInput
{
    /// <summary>Tells the findings, and answers with the exit code of the first.</summary>
    public static int Refuse(this TerminalOutput error, params IEnumerable<Finding> findings)
    {
        var exitCode = ExitCodes.Success;
        foreach (var finding in findings)
        {
            if (exitCode == ExitCodes.Success) exitCode = ExitCodes.Of(finding);
            // What was typed is repeated in the message, and may hold anything.
            error.WriteLine(string.Concat(finding.ToString().Select(static c => char.IsControl(c) ? '?' : c)));
        }

        return exitCode == ExitCodes.Success ? ExitCodes.BadInput : exitCode;
    }
}
