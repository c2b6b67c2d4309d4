namespace CloudSage.Plugins.Analysis;

/// <summary>Extension point: looks at a cost analysis before and after it runs. Implement what you need; both default to saying nothing.</summary>
[ExtensionPoint("CostAnalysisHook")]
public interface ICostAnalysisHook
{
    /// <summary>Called before the records of a source are read; <see cref="CostAnalysisContext.Result"/> is null.</summary>
    /// <param name="context">What is about to be analysed.</param>
    /// <param name="cancellationToken">Cancelled at the call's deadline or when the analysis is given up.</param>
    /// <returns>What the hook has to say.</returns>
    ValueTask<CostAnalysisHookResult> BeforeAnalysisAsync(CostAnalysisContext context, CancellationToken cancellationToken)
        => ValueTask.FromResult(CostAnalysisHookResult.Empty);

    /// <summary>Called after the analysis, once for each currency of a source; the result, the daily series and the spike are there.</summary>
    /// <param name="context">What was analysed, with its result.</param>
    /// <param name="cancellationToken">Cancelled at the call's deadline or when the analysis is given up.</param>
    /// <returns>What the hook has to say.</returns>
    ValueTask<CostAnalysisHookResult> AfterAnalysisAsync(CostAnalysisContext context, CancellationToken cancellationToken)
        => ValueTask.FromResult(CostAnalysisHookResult.Empty);
}
