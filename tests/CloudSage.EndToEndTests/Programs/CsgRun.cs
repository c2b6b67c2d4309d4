using System.Text.Json;

namespace CloudSage.EndToEndTests.Programs;

/// <summary>What a run of csg answered.</summary>
internal sealed record CsgRun(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as JSON; fails where it is anything else besides.</summary>
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Output);
            return document.RootElement.Clone();
        }
    }

    public static async Task<CsgRun> ExecuteAsync(string directory, CancellationToken deadline, params string[] arguments)
    {
        using var program = RunningProgram.Start(Paths.Csg, directory, arguments);
        var exitCode = await program.WaitForExitAsync(deadline);
        return new CsgRun(exitCode, program.Output, program.Error);
    }
}
