using CloudSage.Plugins.Adapters;

namespace CloudSage.Analysis.Runs;

/// <summary>A source of a run and the adapter that translates it.</summary>
internal sealed record RunSource(string AnalysisId, CostSource Source, string Adapter, string? Format);
