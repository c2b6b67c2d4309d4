using System.Text.Json;
using CloudSage.PluginHost.Diagnostics.Snapshots;

namespace CloudSage.PluginHost.Diagnostics.Looking;

/// <summary>The program's side: says that it is ready, reads one request, and answers it.</summary>
internal static class Look
{
    public const string Ready = "ready";

    public static int Run(TextReader input, TextWriter output)
    {
        output.WriteLine(Ready);
        output.Flush();
        if (input.ReadLine() is not { Length: > 0 } line) return 0;
        var request = JsonSerializer.Deserialize(line, LookJson.Default.LookRequest)!;
        using var end = new CancellationTokenSource(request.Limits.Deadline);
        output.WriteLine(JsonSerializer.Serialize(Answer(request, end.Token), LookJson.Default.LookAnswer));
        output.Flush();
        return 0;
    }

    private static LookAnswer Answer(LookRequest request, CancellationToken end)
    {
        var attempt = SnapshotSource.Open(request.ProcessId, request.Positions, request.DataAccess);
        if (attempt.Snapshot is not { } snapshot) return new LookAnswer([], [], attempt.Reason);
        using (snapshot)
        {
            if (request.Measure) return new LookAnswer([], [.. request.Contexts.Select(c => new HoldingsFinder(snapshot, request.OwnThread, end).Find(c))], null);
            return new LookAnswer(new LeakFinder(snapshot, request.Limits, request.OwnThread, request.Scope, end).Find(request.Contexts), [], null);
        }
    }
}
