namespace CloudSage.PluginHost.Verification.Rules;

/// <summary>One question put to a staged plugin.</summary>
internal interface IVerificationRule
{
    IEnumerable<Finding> Check(VerificationSubject subject);
}
