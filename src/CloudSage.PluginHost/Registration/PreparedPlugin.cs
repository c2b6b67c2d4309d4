using CloudSage.PluginHost.Verification;

namespace CloudSage.PluginHost.Registration;

/// <summary>A candidate that was staged and verified.</summary>
internal sealed class PreparedPlugin(PluginDescriptor descriptor, TimeSpan stagingTime, TimeSpan verificationTime, DateTimeOffset completeAt)
{
    private DateTimeOffset? _completeAt = completeAt;

    public PluginDescriptor Descriptor => descriptor;

    public TimeSpan StagingTime => stagingTime;

    public TimeSpan VerificationTime => verificationTime;

    /// <summary>What the steps found, from the integrity on.</summary>
    public IReadOnlyList<StepReport> Steps { get; init; } = [];

    /// <summary>The same plugin, of which a step finds something else now.</summary>
    public PreparedPlugin Judged(RegistrationStep step, IReadOnlyList<Finding> findings)
        => With([.. Steps.Where(s => s.Step != step).Append(new StepReport(step, findings, TimeSpan.Zero)).OrderBy(static s => s.Step)]);

    /// <summary>The same plugin, kept in service though it would not be let in any more: what refuses it is only warned of.</summary>
    public PreparedPlugin Kept() => With([.. Steps.Select(static s => s with { Findings = [.. s.Findings.Select(static f => f.Severity == FindingSeverity.Error ? Kept(f) : f)] })]);

    private PreparedPlugin With(IReadOnlyList<StepReport> steps)
        => new(descriptor with { Warnings = [.. steps.SelectMany(static s => s.Findings)] }, stagingTime, verificationTime, completeAt) { Steps = steps, _completeAt = _completeAt };

    private static Finding Kept(Finding finding) => finding with { Severity = FindingSeverity.Warning, Message = $"{finding.Message} It goes on serving, but would not be let in again." };

    /// <summary>When the candidate was complete, for the first start; a later one, such as after it was enabled, is not counted from there.</summary>
    public DateTimeOffset? TakeCompleteAt()
    {
        var taken = _completeAt;
        _completeAt = null;
        return taken;
    }
}
