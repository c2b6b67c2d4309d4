using System.Collections.Concurrent;
using System.Diagnostics;

namespace CloudSage.IntegrationTests.Harness;

/// <summary>A plugin host in a process of its own, for plugins that may end it.</summary>
internal sealed class ChildHost : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();

    private ChildHost(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? string.Empty);
        process.BeginErrorReadLine();
    }

    /// <summary>What the process has logged so far.</summary>
    public string Log => string.Join(Environment.NewLine, _log);

    /// <param name="workspace">The host's folders.</param>
    /// <param name="arguments">What it is to do besides running a host.</param>
    public static ChildHost Start(Workspace workspace, params IEnumerable<string> arguments) => Run(BuiltFixtures.ChildHost, workspace, arguments);

    /// <param name="program">Another program that is run on the host's folders.</param>
    /// <param name="workspace">The host's folders.</param>
    /// <param name="arguments">What it is to do.</param>
    public static ChildHost Run(string program, Workspace workspace, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [program, workspace.Root, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A plugin that ends the process must not leave a core file behind.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return new ChildHost(Process.Start(start)!);
    }

    /// <summary>Waits until the host says that it is ready.</summary>
    public async Task ReadyAsync()
    {
        var line = await ReadAsync();
        if (line != "ready") throw new AssertionException($"The child host is not ready but says '{line}': {Log}");
    }

    /// <summary>Gives a command and returns the answer; null where the process ended instead.</summary>
    public async Task<string?> SendAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        return await ReadAsync();
    }

    /// <summary>Waits for the end of the process.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Eventually.Deadline);
        return _process.ExitCode;
    }

    public async Task<int> StopAsync()
    {
        await _process.StandardInput.WriteLineAsync("exit");
        await _process.StandardInput.FlushAsync();
        return await ExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    /// <summary>Reads lines up to one; fails where the process ends before.</summary>
    public async Task ReadToAsync(string wanted)
    {
        while (await ReadAsync() is var line && line != wanted)
        {
            if (line is null) throw new AssertionException($"The child ended before it said '{wanted}': {Log}");
        }
    }

    /// <summary>Ends it as a power cut does.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await ExitAsync();
    }

    private Task<string?> ReadAsync() => _process.StandardOutput.ReadLineAsync().WaitAsync(Eventually.Deadline);
}
