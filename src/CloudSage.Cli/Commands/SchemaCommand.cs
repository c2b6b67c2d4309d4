using System.CommandLine;
using CloudSage.Cli.Codes;
using CloudSage.PluginHost.Hosting;
using CloudSage.Terminal;

namespace CloudSage.Cli.Commands;

/// <summary><c>csg schema</c>: the JSON Schema of the manifest, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create(TerminalOutput output)
    {
        var command = new Command("schema", "Print the JSON Schema of manifest.yaml, for editors and other tools.");
        command.SetAction(_ =>
        {
            output.WriteLine(PluginValidation.ManifestSchema());
            return ExitCodes.Success;
        });
        return command;
    }
}
