using System.Runtime.CompilerServices;
using CloudSage.Plugins.Adapters;
using CloudSage.Samples.BillingFiles;

namespace CloudSage.Samples.AwsCur;

/// <summary>Translates AWS Cost and Usage Reports (CUR), with the column names of the files or of Athena, to FOCUS.</summary>
public sealed class AwsCurAdapter : ICloudAdapter
{
    public async ValueTask<CostSourceMatch> RecognizeAsync(CostSource source, CancellationToken cancellationToken)
    {
        try
        {
            await using var table = await BillingTable.OpenAsync(source, CurHeader.CanonicalName, cancellationToken);
            return CurHeader.Match(table);
        }
        catch (CostSourceException exception)
        {
            // To recognize nothing is an answer here, not a failure.
            return CostSourceMatch.No(exception.Message);
        }
    }

    public async IAsyncEnumerable<TranslatedCost> TranslateAsync(CostSource source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var table = await BillingTable.OpenAsync(source, CurHeader.CanonicalName, cancellationToken);
        CurHeader.Check(table, source.Name);
        var row = new CurRow(table);
        while (await table.ReadAsync(cancellationToken))
        {
            foreach (var record in CurCharges.Translate(row)) table.Add(record);
            foreach (var step in table.TakeSteps()) yield return step;
        }
        foreach (var step in table.TakeSteps()) yield return step;
    }

    public IAsyncEnumerable<ServiceCatalogEntry> GetServiceCatalogAsync(CancellationToken cancellationToken) => AwsServices.All.ToAsyncEnumerable();
}
