using System.Diagnostics;

namespace CloudSage.Cli.Authoring;

/// <summary>Runs the .NET SDK, which builds and packs plugins.</summary>
internal static class DotnetTool
{
    /// <summary>Runs dotnet and waits for it.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Ends it, and what it started.</param>
    /// <returns>Its exit code, what it answered, and what it told besides; null where there is no SDK.</returns>
    public static async Task<DotnetRun?> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        // What csg runs in is not what the SDK is to run in.
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment["DOTNET_NOLOGO"] = "1";
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no program of that name on the path.
            return null;
        }

        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C: nobody waits for the build any more.
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new DotnetRun(process.ExitCode, await output, await error);
    }
}

/// <summary>What a run of the SDK answered.</summary>
internal sealed record DotnetRun(int ExitCode, string Output, string Error);
