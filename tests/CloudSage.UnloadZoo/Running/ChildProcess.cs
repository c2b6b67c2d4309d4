using System.Diagnostics;
using System.Text.Json;
using CloudSage.UnloadZoo.Catalogue;
using CloudSage.UnloadZoo.Columns;

namespace CloudSage.UnloadZoo.Running;

/// <summary>Runs a scenario in a process of its own.</summary>
public static class ChildProcess
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    /// <summary>Runs the scenario and waits for what the child observed.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="column">The column.</param>
    /// <param name="neighbours">Whether others use the same cache meanwhile.</param>
    /// <param name="workspace">A folder that no other child uses at the same time; its store may be used again.</param>
    /// <param name="cancellationToken">Ends the child.</param>
    /// <returns>What it observed.</returns>
    public static async Task<Observation> ObserveAsync(
        ZooScenario scenario, Column column, bool neighbours, string workspace, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in new[] { typeof(ChildProcess).Assembly.Location, ChildProgram.Switch, $"{column}", scenario.Project, scenario.Type, workspace, $"{neighbours}" })
            start.ArgumentList.Add(argument);
        using var child = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Deadline);
        try
        {
            child.StandardInput.Close();
            var errors = child.StandardError.ReadToEndAsync(limit.Token);
            var output = await child.StandardOutput.ReadToEndAsync(limit.Token);
            await child.WaitForExitAsync(limit.Token);
            return Read(output) ?? Observation.Failed($"The child ended with {child.ExitCode}: {await errors}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            child.Kill();
            return Observation.Failed($"The child did not end within {Deadline}.");
        }
    }

    private static Observation? Read(string output)
        => output.Split('\n').LastOrDefault(static line => line.StartsWith(ChildProgram.Mark, StringComparison.Ordinal)) is { } line
            ? JsonSerializer.Deserialize(line.AsSpan(ChildProgram.Mark.Length), ObservationContext.Default.Observation)
            : null;
}
