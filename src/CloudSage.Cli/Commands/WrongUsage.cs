using System.CommandLine;
using System.CommandLine.Invocation;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Rendering;
using CloudSage.PluginHost;
using CloudSage.Terminal;

namespace CloudSage.Cli.Commands;

/// <summary>Tells what is wrong with a command line: in few lines, on standard error, with what may have been meant.</summary>
internal static class WrongUsage
{
    /// <returns>The exit code.</returns>
    public static int Tell(Answer answer, ParseResult command, ParseErrorAction action)
    {
        var help = $"'{Named(command.CommandResult.Command)} --help' shows how it is used.";
        if (answer.IsJson) return answer.Refuse(command.Errors.Select(e => Finding.Error(CliCodes.Usage, e.Message, help)));

        (action.ShowHelp, action.ShowTypoCorrections) = (false, true);
        using var said = new StringWriter();
        command.Invoke(new InvocationConfiguration { Output = said, Error = said });
        // What was typed is repeated in it, and may hold anything.
        foreach (var line in said.ToString().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries)) answer.Error.WriteLine(PlainText.Line(line));
        answer.Error.WriteLine(help);
        return ExitCodes.Usage;
    }

    private static string Named(Command command)
        => string.Join(' ', command.Parents.OfType<Command>().Take(1).Select(Named).Append(command is RootCommand ? "csg" : command.Name));
}
