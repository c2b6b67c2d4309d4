using System.CommandLine;
using System.CommandLine.Invocation;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Commands;
using CloudSage.Terminal;

var output = TerminalOutput.Standard();
var error = TerminalOutput.Error();
// Plugins run in this process and may write to the console: standard output is for the result alone.
Console.SetOut(Console.Error);

var root = new RootCommand("CloudSage: analyse cloud costs with plugins.")
{
    AnalyzeCommand.Create(output, error),
    PluginsCommand.Create(output, error),
    RunCommand.Create(output, error),
    ValidateCommand.Create(output, error),
    SchemaCommand.Create(output),
    CompletionCommand.Create(output),
};
HelpWithExamples.AddTo(root, output);

var command = root.Parse(args);
using var interrupted = new CancellationTokenSource();
try
{
    var exitCode = await command.InvokeAsync(
        new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            Output = output.Writer,
            Error = error.Writer,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
        },
        interrupted.Token);
    return command.Action is ParseErrorAction ? ExitCodes.Usage : exitCode;
}
catch (OperationCanceledException)
{
    // Ctrl-C: whoever pressed it knows why.
    return ExitCodes.Interrupted;
}
catch (Exception e)
{
    // The outermost frame: what nobody expected is shown whole, for the report of a defect.
    error.WriteLine($"csg failed: {e}");
    return ExitCodes.Defect;
}
