using CloudSage.PluginHost.Verification.Metadata;

namespace CloudSage.PluginHost.Verification;

/// <summary>The plugin is built against a contract version that the host has: the same major, and no newer minor.</summary>
internal sealed class ContractRule : IVerificationRule
{
    public IEnumerable<Finding> Check(VerificationSubject subject)
    {
        var location = new FindingLocation(subject.Entry.RelativePath);
        var references = subject.EntryFacts.References;
        if (references.FirstOrDefault(static r => Is(r.Name)) is not { } contract)
        {
            // An embedder's own extension points may be all that a plugin implements.
            return references.Any(r => subject.Host.ExtensionPoints.Any(p => p.StartsWith(r.Name + "!", StringComparison.OrdinalIgnoreCase))) ? [] :
            [
                Finding.Error(
                    VerificationCodes.ContractNotReferenced, $"'{subject.Entry.RelativePath}' does not reference {HostProfile.Contract}, so it is no plugin.",
                    $"Reference {HostProfile.Contract} and implement an extension point, or name the right assembly in entry_point.", location),
            ];
        }

        var host = subject.Host.ContractVersion;
        if (contract.Version.Major == host.Major && contract.Version.Minor <= host.Minor)
            return [];

        return
        [
            Finding.Error(
                VerificationCodes.ContractIncompatible,
                $"The plugin is built against contract {contract.Version.ToString(2)}, this host has {host.ToString(2)}.",
                contract.Version > host
                    ? $"Update the host, or build the plugin against {HostProfile.Contract} {host.ToString(2)}."
                    : $"Build the plugin against {HostProfile.Contract} {host.ToString(2)}.",
                location),
        ];
    }

    public static bool Is(string assembly) => assembly.Equals(HostProfile.Contract, StringComparison.OrdinalIgnoreCase);
}
