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

    /// <summary>Whether it only goes on serving: once out of service, it is not let in again for what its steps found.</summary>
    public bool IsKept { get; private init; }

    /// <summary>What the steps found, as it was found.</summary>
    public IReadOnlyList<Finding> Findings => [.. Steps.SelectMany(static s => s.Findings)];

    /// <summary>The same plugin, of which a step finds something else now.</summary>
    public PreparedPlugin Judged(RegistrationStep step, IReadOnlyList<Finding> findings)
        => With([.. Steps.Where(s => s.Step != step).Append(new StepReport(step, findings, TimeSpan.Zero)).OrderBy(static s => s.Step)], isKept: false);

    /// <summary>The same plugin, kept in service though it would not be let in any more: what refuses it is only warned of.</summary>
    public PreparedPlugin Kept() => With(Steps, isKept: true);

    private PreparedPlugin With(IReadOnlyList<StepReport> steps, bool isKept)
    {
        var warnings = steps.SelectMany(static s => s.Findings).Select(f => isKept && f.Severity == FindingSeverity.Error ? Kept(f) : f);
        return new PreparedPlugin(descriptor with { Warnings = [.. warnings] }, stagingTime, verificationTime, completeAt) { Steps = steps, IsKept = isKept, _completeAt = _completeAt };
    }

    private static Finding Kept(Finding finding) => finding with { Severity = FindingSeverity.Warning, Message = $"{finding.Message} It goes on serving, but would not be let in again." };

    /// <summary>When the candidate was complete, for the first start; a later one, such as after it was enabled, is not counted from there.</summary>
    public DateTimeOffset? TakeCompleteAt()
    {
        var taken = _completeAt;
        _completeAt = null;
        return taken;
    }
}
