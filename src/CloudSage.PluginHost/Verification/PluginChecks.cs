namespace CloudSage.PluginHost.Verification;

/// <summary>Asks the checks of packages and of the embedder's.</summary>
internal sealed class PluginChecks(IEnumerable<IPluginCheck> checks)
{
    private readonly IPluginCheck[] _checks = [.. checks.OrderBy(static c => c.Step)];

    /// <summary>The steps that there are checks for.</summary>
    public IEnumerable<RegistrationStep> Steps => _checks.Select(static c => c.Step).Distinct();

    /// <summary>Asks the checks of one step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="plugin">The plugin.</param>
    /// <param name="isGranted">Whether it has a permission.</param>
    /// <param name="lower">What becomes of findings of checks that yield to a lenient policy.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<Finding>> ExamineAsync(RegistrationStep step, PluginDescriptor plugin, Func<string, bool> isGranted, Func<Finding, Finding> lower, CancellationToken cancellationToken)
    {
        var subject = new PluginCheckSubject(plugin.Manifest, plugin.Directory, plugin.Hash, plugin.Source) { IsGranted = isGranted };
        var findings = new List<Finding>();
        foreach (var check in _checks.Where(c => c.Step == step))
        {
            try
            {
                var found = await check.CheckAsync(subject, cancellationToken).ConfigureAwait(false);
                findings.AddRange(check.YieldsToPolicy ? found.Select(lower) : found);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                // Somebody else's code. What could not be checked is not let in.
                findings.Add(Finding.Error(VerificationCodes.CheckFailed, $"The check {check.GetType().Name} failed: {e.GetType().Name}: {e.Message}", "Mend what the check needs, then retry the plugin."));
            }
        }

        return findings;
    }
}
