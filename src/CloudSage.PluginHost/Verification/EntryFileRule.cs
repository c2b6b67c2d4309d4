namespace CloudSage.PluginHost.Verification;

/// <summary>The file that the manifest names is there.</summary>
internal sealed class EntryFileRule : IVerificationRule
{
    public IEnumerable<Finding> Check(VerificationSubject subject)
        => subject.EntryFile is not null ? [] :
        [
            Finding.Error(
                VerificationCodes.EntryFileMissing, $"The entry file '{subject.Manifest.EntryPoint}' is not among the plugin's files.",
                "Add it, or correct entry_point.", subject.Manifest.Locate("entry_point")),
        ];
}
