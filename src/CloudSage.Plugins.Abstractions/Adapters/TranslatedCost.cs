using CloudSage.Plugins.Analysis;
using CloudSage.Plugins.Costs;

namespace CloudSage.Plugins.Adapters;

/// <summary>One step of a translation: a record, a finding, or a record with a finding about it.</summary>
/// <param name="Record">The FOCUS record; null where the row gave none.</param>
/// <param name="Finding">What was wrong; null where nothing was.</param>
public readonly record struct TranslatedCost(CostRecord? Record, DataQualityFinding? Finding)
{
    /// <summary>A record with nothing wrong.</summary>
    /// <param name="record">The record.</param>
    public static implicit operator TranslatedCost(CostRecord record) => new(record, null);

    /// <summary>A finding alone.</summary>
    /// <param name="finding">The finding.</param>
    public static implicit operator TranslatedCost(DataQualityFinding finding) => new(null, finding);

    /// <summary>A record with nothing wrong.</summary>
    /// <param name="record">The record.</param>
    /// <returns>The step.</returns>
    public static TranslatedCost FromCostRecord(CostRecord record) => record;

    /// <summary>A finding alone.</summary>
    /// <param name="finding">The finding.</param>
    /// <returns>The step.</returns>
    public static TranslatedCost FromDataQualityFinding(DataQualityFinding finding) => finding;
}
