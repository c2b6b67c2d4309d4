using System.CommandLine;
using System.CommandLine.Invocation;
using CloudSage.Cli;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Commands;
using CloudSage.Cli.Rendering;
using CloudSage.PluginHost;
using CloudSage.Terminal;

var answer = new Answer(TerminalOutput.Standard(), TerminalOutput.Error(), Answer.AsksForJson(args));
// Plugins run in this process and may write to the console: standard output is for the result alone.
Console.SetOut(Console.Error);

var root = new RootCommand("CloudSage: analyse cloud costs with plugins.")
{
    AnalyzeCommand.Create(answer),
    PluginsCommand.Create(answer),
    RunCommand.Create(answer),
    ValidateCommand.Create(answer),
    SchemaCommand.Create(answer.Output),
    CompletionCommand.Create(answer.Output),
};
HelpWithExamples.AddTo(root, answer.Output);

// Names may begin with anything: '@file' is no file of arguments, and '-abc' no three options.
var command = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
if (command.Action is ParseErrorAction wrong) return answer.End(WrongUsage.Tell(answer, command, wrong));

using var interruption = new Interruption(TimeProvider.System, exitCode => Environment.Exit(answer.End(exitCode)));
try
{
    return answer.End(await command.InvokeAsync(
        new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false, Output = answer.Output.Writer, Error = answer.Error.Writer, ProcessTerminationTimeout = null,
        },
        interruption.Token));
}
catch (OperationCanceledException) when (interruption.ExitCode != 0)
{
    // Whoever ended it knows why.
    if (answer.IsJson) answer.Refuse(Finding.Error(CliCodes.Interrupted, "The command was ended before it was done.", "Nothing is half done: run it again."));
    return answer.End(interruption.ExitCode);
}
catch (Exception e)
{
    // The outermost frame: what nobody expected is shown whole, for the report of a defect.
    answer.Error.WriteLine($"csg failed: {e}");
    return answer.End(answer.Refuse(Finding.Error(CliCodes.Defect, $"csg failed: {e.GetType().Name}: {e.Message}", "Report it with what is on standard error.")));
}
