using CloudSage.PluginHost.Verification;

namespace CloudSage.PluginHost.Registration;

/// <summary>A candidate that was staged and verified.</summary>
internal sealed class PreparedPlugin(PluginDescriptor descriptor, TimeSpan stagingTime, TimeSpan verificationTime, DateTimeOffset completeAt)
{
    private DateTimeOffset? _completeAt = completeAt;

    public PluginDescriptor Descriptor => descriptor;

    public TimeSpan StagingTime => stagingTime;

    public TimeSpan VerificationTime => verificationTime;

    /// <summary>When the candidate was complete, for the first start; a later one, such as after it was enabled, is not counted from there.</summary>
    public DateTimeOffset? TakeCompleteAt()
    {
        var taken = _completeAt;
        _completeAt = null;
        return taken;
    }
}
