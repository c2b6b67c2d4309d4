namespace CloudSage.PluginHost.Verification;

/// <summary>Asks the checks of packages and of the embedder's.</summary>
internal sealed class PluginChecks(IEnumerable<IPluginCheck> checks)
{
    private readonly IPluginCheck[] _checks = [.. checks];

    public async Task<IReadOnlyList<Finding>> ExamineAsync(PluginDescriptor plugin, CancellationToken cancellationToken)
    {
        if (_checks.Length == 0) return [];
        var subject = new PluginCheckSubject(plugin.Manifest, plugin.Directory, plugin.Hash, plugin.Source);
        var findings = new List<Finding>();
        foreach (var check in _checks)
        {
            try
            {
                findings.AddRange(await check.CheckAsync(subject, cancellationToken).ConfigureAwait(false));
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
