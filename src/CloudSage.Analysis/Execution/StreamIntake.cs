using CloudSage.Analysis.Runs;
using CloudSage.PluginHost.Brokering;

namespace CloudSage.Analysis.Execution;

/// <summary>Takes in what a plugin streams, up to a number of items: an endless stream must not make an endless run.</summary>
internal static class StreamIntake
{
    /// <param name="stream">The stream.</param>
    /// <param name="run">Where a fault of the plugin is noted.</param>
    /// <param name="during">What the plugin is asked to do.</param>
    /// <param name="take">Takes an item; false means that no more are wanted.</param>
    /// <param name="cancellationToken">Gives up the run.</param>
    public static async Task ReadAsync<T>(
        PluginStream<T> stream, AnalysisRun run, string during, Func<T, bool> take, CancellationToken cancellationToken)
    {
        await foreach (var item in stream.WithCancellation(cancellationToken))
        {
            if (!take(item)) break;
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (stream.Outcome is { } outcome) run.NoteFault(outcome, during);
    }

    /// <summary>Applies a copy to every item of a plugin's stream, within the call that reads the stream.</summary>
    public static async IAsyncEnumerable<T> EachAsync<T>(this IAsyncEnumerable<T> items, Func<T, T> copy)
    {
        await foreach (var item in items) yield return copy(item);
    }
}
