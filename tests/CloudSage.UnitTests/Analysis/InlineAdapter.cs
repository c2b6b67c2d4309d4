using CloudSage.Plugins.Adapters;

namespace CloudSage.UnitTests.Analysis;

/// <summary>An adapter that answers with what the test gives it.</summary>
internal sealed class InlineAdapter(decimal confidence, params IReadOnlyList<TranslatedCost> steps) : ICloudAdapter
{
    public string? Reason { get; init; }

    public Exception? FailsAtEnd { get; init; }

    public ValueTask<CostSourceMatch> RecognizeAsync(CostSource source, CancellationToken cancellationToken)
        => ValueTask.FromResult(new CostSourceMatch(confidence, "inline", Reason));

    public async IAsyncEnumerable<TranslatedCost> TranslateAsync(
        CostSource source, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return step;
        }

        await Task.CompletedTask;
        if (FailsAtEnd is { } failure) throw failure;
    }
}
