using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CloudSage.Benchmarks.Soak;

namespace CloudSage.Benchmarks.Scale;

/// <summary>This program again, in a process of its own, for one piece of work.</summary>
internal static class ChildProcess
{
    public const string Argument = "--child";

    public static async Task<ChildResult> RunAsync(string work, int count)
    {
        var answer = string.Empty;
        await foreach (var line in LinesAsync(work, count)) answer += line;
        return JsonSerializer.Deserialize(answer, ChildJson.Default.ChildResult)!;
    }

    /// <summary>What it prints, line by line.</summary>
    public static async IAsyncEnumerable<string> LinesAsync(string work, int count)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        // Run as "dotnet NAME.dll" or by its own executable.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        foreach (var argument in (string[])[Argument, work, count.ToString(CultureInfo.InvariantCulture)]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line) yield return line;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"The process for {work} ended with {process.ExitCode}.");
    }

    public static async Task<int> AnswerAsync(string work, int count)
    {
        if (SoakWork.Is(work))
        {
            await SoakWork.RunAsync(work, count, Console.Out);
            return 0;
        }

        var result = await ChildWork.RunAsync(work, count);
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(result, ChildJson.Default.ChildResult));
        return 0;
    }
}

/// <summary>What a child process measured.</summary>
/// <param name="Milliseconds">From the first plugin to the last one's first answer.</param>
/// <param name="ProcessorMilliseconds">Processor time of all threads meanwhile: says more than the time where neighbours are busy.</param>
/// <param name="KibPerPlugin">What the process grew by for each plugin.</param>
/// <param name="KibLeftPerPlugin">What of that was left when all of them had left memory.</param>
/// <param name="IdleCpuPercent">Share of one core that the process took while nothing happened.</param>
internal sealed record ChildResult(double Milliseconds, double ProcessorMilliseconds, double KibPerPlugin, double? KibLeftPerPlugin = null, double IdleCpuPercent = 0);

[JsonSerializable(typeof(ChildResult))]
internal sealed partial class ChildJson : JsonSerializerContext;
