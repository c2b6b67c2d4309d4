namespace CloudSage.PluginHost.Verification;

/// <summary>Tells of copies of shared assemblies: the host's own are used in their place.</summary>
internal sealed class SharedCopyRule : IVerificationRule
{
    public IEnumerable<Finding> Check(VerificationSubject subject)
    {
        var copies = subject.Host.Shared.Keys.SelectMany(subject.OwnAssemblies)
            .Select(static i => $"'{i.RelativePath}'").Order(StringComparer.Ordinal).ToList();
        return copies.Count == 0 ? [] :
        [
            Finding.Warning(
                VerificationCodes.SharedCopyIgnored, $"The plugin ships {string.Join(", ", copies)}, which the host shares; the host's own are used.",
                "Leave them out: reference them with ExcludeAssets=\"runtime\" or Private=\"false\"."),
        ];
    }
}
