using CloudSage.Cli.Codes;
using CloudSage.PluginHost;
using CloudSage.Terminal;

namespace CloudSage.Cli.Commands;

/// <summary>Tells why what was asked cannot be done.</summary>
internal static class RefusedInput
{
    public static int Refuse(this TerminalOutput error, params IEnumerable<Finding> findings)
    {
        // What was typed is repeated in the message, and may hold anything.
        foreach (var finding in findings) error.WriteLine(string.Concat(finding.ToString().Select(static c => char.IsControl(c) ? '?' : c)));
        return ExitCodes.BadInput;
    }
}
