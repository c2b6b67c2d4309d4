using CloudSage.PluginHost.Verification;

namespace CloudSage.PluginHost.Registration;

/// <summary>Notes what the steps of one plugin's way in found, and whether one of them refused it.</summary>
internal sealed class StepLedger(TimeProvider clock, IProgress<StepReport>? progress)
{
    private readonly List<StepReport> _steps = [];
    private long _since = clock.GetTimestamp();

    public IReadOnlyList<StepReport> Steps => _steps;

    public IReadOnlyList<Finding> Findings => [.. _steps.SelectMany(static s => s.Findings)];

    /// <summary>Notes a step that ends now.</summary>
    /// <returns>Whether the next may follow.</returns>
    public bool Pass(RegistrationStep step, IEnumerable<Finding> findings)
    {
        var now = clock.GetTimestamp();
        var report = new StepReport(step, [.. findings], clock.GetElapsedTime(_since, now));
        _since = now;
        _steps.Add(report);
        progress?.Report(report);
        return report.Findings.All(static f => f.Severity != FindingSeverity.Error);
    }
}
