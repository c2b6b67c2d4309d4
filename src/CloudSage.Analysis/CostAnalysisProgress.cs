namespace CloudSage.Analysis;

/// <summary>How far a run is.</summary>
/// <param name="Stage">What is going on.</param>
/// <param name="Source">The source under way; null outside <see cref="AnalysisStage.Reading"/>.</param>
/// <param name="SourceNumber">Which source it is, from 1; 0 outside <see cref="AnalysisStage.Reading"/>.</param>
/// <param name="SourceCount">How many sources there are.</param>
/// <param name="Rows">How many records of the source were read.</param>
/// <param name="SourceBytes">The size of the source, where it is a file.</param>
public sealed record CostAnalysisProgress(AnalysisStage Stage, string? Source, int SourceNumber, int SourceCount, long Rows, long? SourceBytes);

/// <summary>What goes on in a run.</summary>
public enum AnalysisStage
{
    /// <summary>A source is read and aggregated.</summary>
    Reading,

    /// <summary>Scanners and optimisers are asked.</summary>
    Optimizing,

    /// <summary>Alert handlers are told.</summary>
    Notifying,

    /// <summary>Integrations are told.</summary>
    Exporting,

    /// <summary>The report is complete.</summary>
    Completed,
}
