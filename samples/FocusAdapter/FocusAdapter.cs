using System.Runtime.CompilerServices;
using CloudSage.Plugins.Adapters;
using CloudSage.Samples.BillingFiles;

namespace CloudSage.Samples.Focus;

/// <summary>Reads files of the FinOps Open Cost and Usage Specification (FOCUS), which need no translation but a careful reading.</summary>
public sealed class FocusAdapter : ICloudAdapter
{
    public async ValueTask<CostSourceMatch> RecognizeAsync(CostSource source, CancellationToken cancellationToken)
    {
        try
        {
            await using var table = await BillingTable.OpenAsync(source, null, cancellationToken);
            return FocusHeader.Match(table);
        }
        catch (CostSourceException exception)
        {
            // To recognize nothing is an answer here, not a failure.
            return CostSourceMatch.No(exception.Message);
        }
    }

    public async IAsyncEnumerable<TranslatedCost> TranslateAsync(CostSource source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var table = await BillingTable.OpenAsync(source, null, cancellationToken);
        FocusHeader.Check(table, source.Name);
        var row = new FocusRow(table);
        while (await table.ReadAsync(cancellationToken))
        {
            if (row.Read() is { } record) table.Add(record);
            foreach (var step in table.TakeSteps()) yield return step;
        }
        foreach (var step in table.TakeSteps()) yield return step;
    }
}
