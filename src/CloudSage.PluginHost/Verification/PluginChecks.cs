using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace CloudSage.PluginHost.Verification;

/// <summary>Asks the checks of packages and of the embedder's.</summary>
internal sealed class PluginChecks(IEnumerable<IPluginCheck> checks, ILogger<PluginChecks> logger)
{
    private readonly IPluginCheck[] _checks = [.. checks.OrderBy(static c => c.Step)];

    /// <summary>The steps that there are checks for.</summary>
    public IEnumerable<RegistrationStep> Steps => _checks.Select(static c => c.Step).Distinct();

    /// <summary>Tells of steps whose checks may judge otherwise now. From any thread; must not block.</summary>
    /// <returns>One for each check; disposing ends its word.</returns>
    public IReadOnlyList<IDisposable> OnChange(Action<RegistrationStep> changed)
        => [.. _checks.Select(check => ChangeToken.OnChange(() => TokenOf(check), () => changed(check.Step)))];

    /// <summary>Asks the checks of one step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="plugin">The plugin.</param>
    /// <param name="isGranted">Whether it has a permission.</param>
    /// <param name="lower">What becomes of findings of checks that yield to a lenient policy.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<CheckResult> ExamineAsync(RegistrationStep step, PluginDescriptor plugin, Func<string, bool> isGranted, Func<Finding, Finding> lower, CancellationToken cancellationToken)
    {
        var subject = new PluginCheckSubject(plugin.Manifest, plugin.Directory, plugin.Hash, plugin.Source) { IsGranted = isGranted };
        var (findings, withdraws) = (new List<Finding>(), false);
        foreach (var check in _checks.Where(c => c.Step == step))
        {
            try
            {
                var found = await check.CheckAsync(subject, cancellationToken).ConfigureAwait(false);
                if (check.YieldsToPolicy) found = [.. found.Select(lower)];
                findings.AddRange(found);
                withdraws |= found.Any(f => f.Severity == FindingSeverity.Error && check.Withdraws(f));
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                // Somebody else's code. What could not be checked is not let in.
                findings.Add(Finding.Error(VerificationCodes.CheckFailed, $"The check {check.GetType().Name} failed: {e.GetType().Name}: {e.Message}", "Mend what the check needs, then retry the plugin."));
            }
        }

        return new CheckResult(findings, withdraws);
    }

    private IChangeToken? TokenOf(IPluginCheck check)
    {
        try
        {
            return check.GetChangeToken();
        }
        catch (Exception e)
        {
            // Somebody else's code, and the host must go on: plugins are examined as they come, and not again.
            logger.CheckNotWatched(check.GetType().Name, e);
            return null;
        }
    }
}

/// <summary>What the checks of one step found.</summary>
/// <param name="Findings">What they found.</param>
/// <param name="Withdraws">Whether one of the errors is to take the plugin out of service where it runs already.</param>
internal sealed record CheckResult(IReadOnlyList<Finding> Findings, bool Withdraws);
