using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CloudSage.PluginHost.Runner.Scanning;

namespace CloudSage.PluginHost.Runner.Child;

/// <summary>One child process that scans, one file at a time. What it reads may be made to kill its reader: then it is this process that dies.</summary>
internal sealed class ScanChild : IDisposable
{
    private const int MostHeard = 8;
    private const int LongestAnswer = 4 << 20;

    private readonly Process _process;
    private readonly BoundedLines _answers;
    private readonly ConcurrentQueue<string> _heard = new();

    private ScanChild(Process process)
    {
        _process = process;
        _answers = new BoundedLines(process.StandardOutput.BaseStream, LongestAnswer);
        process.ErrorDataReceived += Hear;
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <exception cref="ScanChildException">It does not start.</exception>
    public static async Task<ScanChild> StartAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        ScanChild child;
        try
        {
            child = new ScanChild(Process.Start(start) ?? throw new ScanChildException("The system started no process."));
        }
        catch (Win32Exception e)
        {
            // No such program, or no right to start it.
            throw new ScanChildException(e.Message);
        }

        try
        {
            return await child.NextAsync(cancellationToken).ConfigureAwait(false) == ScanLoop.Ready ? child : throw new ScanChildException("It did not say that it is ready.");
        }
        catch
        {
            child.Dispose();
            throw;
        }
    }

    /// <exception cref="ScanChildException">It died, or answered nonsense.</exception>
    public async Task<ScanReport> AskAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var line = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new ScanRequest(path), ScanJson.Default.ScanRequest) + "\n");
            await _process.StandardInput.BaseStream.WriteAsync(line, cancellationToken).ConfigureAwait(false);
            await _process.StandardInput.BaseStream.FlushAsync(cancellationToken).ConfigureAwait(false);
            return JsonSerializer.Deserialize(await NextAsync(cancellationToken).ConfigureAwait(false), ScanJson.Default.ScanReport)
                ?? throw new ScanChildException("It answered with nothing.");
        }
        catch (Exception e) when (e is IOException or JsonException or InvalidDataException)
        {
            // Its end of the pipe is closed, or what came is no answer.
            throw new ScanChildException($"{e.Message} {await LastWordsAsync(cancellationToken).ConfigureAwait(false)}".TrimEnd());
        }
    }

    public void Dispose()
    {
        try
        {
            _process.Kill();
            // So that nothing of it is left when this returns: a killed process needs no time to speak of.
            _process.WaitForExit();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended already, or is just ending.
        }

        _process.Dispose();
    }

    private async Task<string> NextAsync(CancellationToken cancellationToken)
        => await _answers.ReadAsync(cancellationToken).ConfigureAwait(false) ?? throw new ScanChildException($"It ended. {await LastWordsAsync(cancellationToken).ConfigureAwait(false)}");

    /// <summary>What it said of its end: the first lines, once it has ended.</summary>
    private async Task<string> LastWordsAsync(CancellationToken cancellationToken)
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return $"Exit code {_process.ExitCode}. {string.Join(' ', _heard.Select(static line => line.Trim()))}".TrimEnd();
    }

    private void Hear(object sender, DataReceivedEventArgs said)
    {
        if (said.Data is { Length: > 0 and < 500 } line && _heard.Count < MostHeard) _heard.Enqueue(string.Concat(line.Where(static c => !char.IsControl(c))));
    }
}

/// <summary>The child cannot be started, died, or answered nonsense.</summary>
internal sealed class ScanChildException(string message) : Exception(message);
