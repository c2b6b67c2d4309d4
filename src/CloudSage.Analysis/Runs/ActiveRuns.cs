namespace CloudSage.Analysis.Runs;

/// <summary>
/// The runs under way: how a capability finds the run that it serves. Nothing ambient crosses the boundary to a plugin,
/// so a plugin names its analysis, or means the only one there is.
/// </summary>
internal sealed class ActiveRuns
{
    private readonly Lock _gate = new();
    private readonly List<AnalysisRun> _runs = [];

    /// <summary>The run that began last; null where none is under way.</summary>
    public AnalysisRun? Latest
    {
        get { lock (_gate) return _runs.LastOrDefault(); }
    }

    /// <summary>Makes a run known until the answer is disposed of.</summary>
    public IDisposable Enter(AnalysisRun run)
    {
        lock (_gate) _runs.Add(run);
        return new Presence(this, run);
    }

    /// <summary>The sources of an analysis or a run; for null, of the analysis under way.</summary>
    /// <exception cref="InvalidOperationException">There is no such analysis, or null could mean several.</exception>
    public IReadOnlyList<RunSource> Sources(string? analysisId)
    {
        AnalysisRun[] runs;
        lock (_gate) runs = [.. _runs];
        if (analysisId is null)
        {
            return runs.Length > 1
                ? throw new InvalidOperationException($"{runs.Length} analyses are under way: set AnalysisId in the query, as context or request give it.")
                : runs.Length == 0 ? [] : runs[0].CurrentSources;
        }

        var run = runs.FirstOrDefault(run => run.Id == analysisId || run.FindSources(analysisId).Count > 0);
        return run?.FindSources(analysisId)
            ?? throw new InvalidOperationException($"Analysis '{analysisId}' is not under way: records can be read while it is.");
    }

    private void Leave(AnalysisRun run)
    {
        lock (_gate) _runs.Remove(run);
    }

    private sealed class Presence(ActiveRuns runs, AnalysisRun run) : IDisposable
    {
        public void Dispose() => runs.Leave(run);
    }
}
