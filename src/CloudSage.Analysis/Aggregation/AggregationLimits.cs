namespace CloudSage.Analysis.Aggregation;

/// <summary>What keeps the memory of an analysis bounded, whatever its source holds.</summary>
internal sealed record AggregationLimits(int Currencies, int Days, int Groups, int DataQualityFindings)
{
    public static AggregationLimits From(AnalysisOptions options)
        => new(options.MaxCurrencies, options.MaxDays, options.MaxGroups, options.MaxDataQualityFindings);
}
