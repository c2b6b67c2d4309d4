using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CloudSage.Cli.Codes;
using CloudSage.PluginHost;
using CloudSage.Terminal;
using Microsoft.Win32.SafeHandles;
using Spectre.Console.Rendering;

namespace CloudSage.Cli.Rendering;

/// <summary>
/// How csg answers: the result on standard output, everything else on standard error. Whoever asks for JSON gets one document on standard output, whatever comes
/// of the command: its result, or the findings for which there is none.
/// </summary>
internal sealed class Answer(TerminalOutput output, TerminalOutput error, bool isJson)
{
    private readonly Lock _gate = new();
    private readonly List<Finding> _refusals = [];
    private StreamReader? _input;
    private bool _isTold;

    public TerminalOutput Output => output;

    public TerminalOutput Error => error;

    public bool IsJson => isJson;

    /// <summary>Answers to questions, as the terminal gives them, line by line.</summary>
    public TextReader Input => _input ??= new StreamReader(StandardInput(), Console.InputEncoding);

    /// <summary>Whether somebody is there to answer questions.</summary>
    public bool MayAsk => output.IsTerminal && !isJson && !Console.IsInputRedirected;

    /// <summary>Whether a command line asks for JSON, even one that cannot be parsed.</summary>
    public static bool AsksForJson(IEnumerable<string> words)
    {
        string[] options = [.. words.TakeWhile(static word => word != "--")];
        return options.Any(static word => word is "--output=json" or "--output:json") || options.Zip(options.Skip(1)).Any(static pair => pair is ("--output", "json"));
    }

    /// <summary>Tells the result.</summary>
    public Task TellAsync<T>(T result, JsonTypeInfo<T> type, Func<T, IRenderable> view, CancellationToken cancellationToken)
    {
        if (isJson) return TellJsonAsync(result, type, cancellationToken);
        output.Write(view(result));
        return Task.CompletedTask;
    }

    /// <summary>Tells a result that people get in one line.</summary>
    public Task TellAsync<T>(T result, JsonTypeInfo<T> type, string line, CancellationToken cancellationToken)
    {
        if (isJson) return TellJsonAsync(result, type, cancellationToken);
        output.WriteLine(PlainText.Line(line));
        return Task.CompletedTask;
    }

    /// <summary>Tells programs the result.</summary>
    public Task TellJsonAsync<T>(T result, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        => WriteAsync((stream, token) => JsonSerializer.SerializeAsync(stream, result, type, token), cancellationToken);

    /// <summary>Tells programs a result that has a writer of its own.</summary>
    public async Task WriteAsync(Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        lock (_gate) _isTold = true;
        // The true standard output: plugins reach the console's, which is standard error.
        await using var stream = Console.OpenStandardOutput();
        await write(stream, cancellationToken);
        await stream.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }

    /// <summary>Tells why what was asked cannot be done, and answers with the exit code of the first finding.</summary>
    public int Refuse(params IEnumerable<Finding> findings)
    {
        var exitCode = ExitCodes.Success;
        foreach (var finding in findings)
        {
            if (exitCode == ExitCodes.Success) exitCode = ExitCodes.Of(finding);
            Remark(finding);
            lock (_gate) _refusals.Add(finding);
        }

        return exitCode == ExitCodes.Success ? ExitCodes.BadInput : exitCode;
    }

    /// <summary>Tells people of a finding, besides the result.</summary>
    public void Remark(Finding finding) => error.WriteLine(PlainText.Line(finding.ToString()));

    /// <summary>Elsewhere than on Windows the console's reader makes lines of keys itself, and takes an end (Ctrl-D) that comes before it waits for one for no key at all.</summary>
    private static Stream StandardInput() => OperatingSystem.IsWindows()
        ? Console.OpenStandardInput()
        : new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);

    /// <summary>Ends the answer: who asked for JSON and has no result gets the findings.</summary>
    /// <returns>The exit code.</returns>
    public int End(int exitCode)
    {
        lock (_gate)
        {
            if (!isJson || _isTold || exitCode == ExitCodes.Success) return exitCode;
            _isTold = true;
            using var stream = Console.OpenStandardOutput();
            JsonSerializer.Serialize(stream, new Refusal([.. _refusals]), CliJsonContext.Default.Refusal);
            stream.Write("\n"u8);
        }

        return exitCode;
    }
}
