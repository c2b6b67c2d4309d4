using CloudSage.Cli.Codes;
using CloudSage.PluginHost;
using CloudSage.Terminal;

namespace CloudSage.Cli.Commands;

/// <summary>Tells why what was asked cannot be done.</summary>
internal static class RefusedInput
{
    public static int Refuse(this TerminalOutput error, params IEnumerable<Finding> findings)
    {
        foreach (var finding in findings) error.WriteLine(finding.ToString());
        return ExitCodes.BadInput;
    }
}
