namespace CloudSage.PluginHost.Verification;

/// <summary>The host can run the plugin's language.</summary>
internal sealed class RuntimeRule : IVerificationRule
{
    public IEnumerable<Finding> Check(VerificationSubject subject)
    {
        var (manifest, languages) = (subject.Manifest, subject.Host.Languages);
        if (languages.Contains(manifest.Language))
            return [];

        var known = languages.Count == 0 ? "none" : string.Join(", ", languages.Order(StringComparer.Ordinal));
        return
        [
            Finding.Error(
                VerificationCodes.RuntimeMissing, $"No runtime for {manifest.Language} is installed in this host (installed: {known}).",
                $"Add the runtime for {manifest.Language} to the host, or correct runtime.language.",
                manifest.Locate(manifest.Runtime is null ? "entry_point" : "runtime")),
        ];
    }
}
