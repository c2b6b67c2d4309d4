namespace CloudSage.PluginHost.Verification;

/// <summary>One question put to a staged plugin.</summary>
internal interface IVerificationRule
{
    IEnumerable<Finding> Check(VerificationSubject subject);
}
