using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace CloudSage.PluginHost.Diagnostics.Looking;

/// <summary>
/// The program that looks into this process, as a child. The runtime's library for looking may crash on memory that changed while it was copied;
/// a child's crash costs a report, not the application. Nor does the work of looking take the application's memory.
/// </summary>
internal sealed class LookProcess : IDisposable
{
    private const int MostHeard = 8;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _heard = new();

    private LookProcess(Process process) => _process = process;

    /// <summary>Starts it and waits until it is ready to look.</summary>
    public static async Task<LookProcess> StartAsync(CancellationToken cancellationToken)
    {
        var program = typeof(LookProcess).Assembly.Location;
        var start = new ProcessStartInfo(Muxer()) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (ReadOnlySpan<string>)["exec", "--runtimeconfig", Path.ChangeExtension(program, ".runtimeconfig.json"), program]) start.ArgumentList.Add(argument);
        // A startup hook or profiler of the application's is not meant for its child.
        foreach (var variable in (ReadOnlySpan<string>)["DOTNET_STARTUP_HOOKS", "CORECLR_ENABLE_PROFILING", "DOTNET_DbgEnableMiniDump"]) start.Environment.Remove(variable);
        var process = Process.Start(start) ?? throw new InvalidOperationException("The system started no process.");
        var look = new LookProcess(process);
        process.ErrorDataReceived += look.Hear;
        process.BeginErrorReadLine();
        try
        {
            if (await process.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false) == Look.Ready) return look;
            throw new InvalidOperationException($"'{start.FileName}' did not start '{program}'.");
        }
        catch
        {
            look.Dispose();
            throw;
        }
    }

    /// <summary>What it said of its end, where it crashed: the first lines, once it has ended.</summary>
    public async Task<string> LastWordsAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return _heard.IsEmpty ? $"exit code {_process.ExitCode}" : string.Join(' ', _heard.Select(static line => line.Trim()));
    }

    /// <summary>Why it cannot be started here; null where it can.</summary>
    public static string? Obstacle()
    {
        if (typeof(LookProcess).Assembly.Location is not { Length: > 0 } program) return "A single-file application holds no program that could look into it.";
        if (!File.Exists(Path.ChangeExtension(program, ".runtimeconfig.json"))) return $"'{Path.ChangeExtension(program, ".runtimeconfig.json")}' is missing: publish the application with it.";
        return File.Exists(Muxer()) ? null : "There is no 'dotnet' beside the runtime: a self-contained application cannot start the program that looks into it.";
    }

    /// <returns>What was seen; null where the program crashed.</returns>
    public async Task<LookAnswer?> AskAsync(LookRequest request, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request, LookJson.Default.LookRequest).AsMemory(), cancellationToken).ConfigureAwait(false);
        await _process.StandardInput.FlushAsync(cancellationToken).ConfigureAwait(false);
        var answer = await _process.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        return answer is null ? null : JsonSerializer.Deserialize(answer, LookJson.Default.LookAnswer);
    }

    public void Dispose()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended, as it should.
        }

        _process.Dispose();
    }

    private void Hear(object sender, DataReceivedEventArgs said)
    {
        if (said.Data is { Length: > 0 } line && _heard.Count < MostHeard) _heard.Enqueue(line);
    }

    /// <summary>The runtime lies in shared/NAME/VERSION below it.</summary>
    private static string Muxer() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
