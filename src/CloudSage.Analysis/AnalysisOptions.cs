using System.ComponentModel.DataAnnotations;

namespace CloudSage.Analysis;

/// <summary>How cost analyses run. The limits keep their memory bounded, whatever a source or a plugin sends.</summary>
public sealed class AnalysisOptions
{
    /// <summary>
    /// The path of the inventory: a CSV file with one line for each resource and the files of its metrics, relative to the inventory.
    /// Null means that the host knows no resources of its own.
    /// </summary>
    public string? Inventory { get; set; }

    /// <summary>How many data quality findings of a source are listed; those beyond are counted by code.</summary>
    [Range(1, 1_000_000)]
    public int MaxDataQualityFindings { get; set; } = 1_000;

    /// <summary>How many services and sub-accounts are kept apart; the charges of those beyond are summed as <c>(other)</c>.</summary>
    [Range(1, 10_000_000)]
    public int MaxGroups { get; set; } = 100_000;

    /// <summary>How many days of a source are kept apart; charges of those beyond are left out and reported.</summary>
    [Range(1, 1_000_000)]
    public int MaxDays { get; set; } = 40_000;

    /// <summary>How many currencies of a source are kept apart; charges of those beyond are left out and reported.</summary>
    [Range(1, 10_000)]
    public int MaxCurrencies { get; set; } = 200;

    /// <summary>How many alerts one run takes from its plugins; those beyond are counted and dropped.</summary>
    [Range(1, 1_000_000)]
    public int MaxAlerts { get; set; } = 10_000;

    /// <summary>How many recommendations one run takes from its plugins; those beyond are counted and dropped.</summary>
    [Range(1, 10_000_000)]
    public int MaxRecommendations { get; set; } = 100_000;

    /// <summary>How many resources one run hands to optimisers; those beyond are counted and dropped.</summary>
    [Range(1, 10_000_000)]
    public int MaxResources { get; set; } = 100_000;

    /// <summary>How many records one run takes from integrations; those beyond are counted and dropped.</summary>
    [Range(1, 10_000_000)]
    public int MaxExports { get; set; } = 10_000;

    /// <summary>How many faults of plugins one run lists; those beyond are counted.</summary>
    [Range(1, 1_000_000)]
    public int MaxFaults { get; set; } = 1_000;

    /// <summary>How many samples of one metrics file are read; a longer file is reported and left out.</summary>
    [Range(1, 100_000_000)]
    public int MaxSamples { get; set; } = 2_000_000;
}
