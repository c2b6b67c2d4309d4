using System.Diagnostics;
using System.Text;

namespace CloudSage.EndToEndTests.Programs;

/// <summary>One of our programs as a process, with what it printed so far. Killed when it is disposed of.</summary>
internal sealed class RunningProgram : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly Process _process;
    private TaskCompletionSource _printed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunningProgram(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
    }

    public string Output
    {
        get { lock (_gate) return _output.ToString(); }
    }

    public string Error
    {
        get { lock (_gate) return _error.ToString(); }
    }

    public static RunningProgram Start(string program, string directory, params IEnumerable<string> arguments)
    {
        // A test run in the background of a shell ignores interrupts, and its children would too.
        var start = OperatingSystem.IsLinux()
            ? new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", "exec", program, .. arguments])
            : new ProcessStartInfo("dotnet", ["exec", program, .. arguments]);
        return Start(start, directory);
    }

    /// <summary>Starts any program.</summary>
    public static RunningProgram Start(ProcessStartInfo start, string directory)
    {
        start.WorkingDirectory = directory;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.StandardOutputEncoding = Encoding.UTF8;
        start.Environment["TMPDIR"] = directory;
        start.Environment["TMP"] = directory;
        var running = new RunningProgram(new Process { StartInfo = start });
        running._process.Start();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        return running;
    }

    /// <summary>Waits until the text was printed to standard output or standard error.</summary>
    public async Task WaitForAsync(string text, CancellationToken deadline)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        var exit = _process.WaitForExitAsync(end.Token);
        while (true)
        {
            Task printed;
            lock (_gate)
            {
                if (Contains(_output, text) || Contains(_error, text)) break;
                printed = _printed.Task;
            }

            if (exit.IsCompletedSuccessfully) Assert.Fail($"The program ended without '{text}'. It printed:\n{Output}\n{Error}");
            try
            {
                await (await Task.WhenAny(printed, exit).WaitAsync(deadline));
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"The program did not print '{text}' in time. It printed:\n{Output}\n{Error}");
            }
        }

        await end.CancelAsync();
    }

    /// <summary>Asks it to end, as Ctrl-C does.</summary>
    public void Interrupt() => Signal("INT");

    /// <summary>Sends it a signal.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Types into its standard input, which must be redirected.</summary>
    public void Type(string text)
    {
        _process.StandardInput.Write(text);
        _process.StandardInput.Flush();
    }

    /// <summary>Waits for its end.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken deadline)
    {
        await _process.WaitForExitAsync(deadline);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static bool Contains(StringBuilder text, string wanted) => text.ToString().Contains(wanted, StringComparison.Ordinal);

    private void Append(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (_gate)
        {
            text.Append(line).Append('\n');
            _printed.TrySetResult();
            _printed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
