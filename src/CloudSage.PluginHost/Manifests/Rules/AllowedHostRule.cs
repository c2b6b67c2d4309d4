using System.Text.RegularExpressions;

namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>Allowed hosts are host names, with <c>*.</c> in front for all below, and a port behind where only that is meant.</summary>
internal sealed partial class AllowedHostRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
        => from host in document.Root.Map("network")?.Items<ManifestScalar>("allowed_hosts") ?? []
           where host.Text.Length > 260 || !Name().IsMatch(host.Text)
           select Finding.Error(ManifestCodes.Host, $"The allowed host {ShownText.Quote(host.Text)} is not a host name.", Remedy(host.Text), host.At);

    private static string Remedy(string written)
        => Uri.TryCreate(written, UriKind.Absolute, out var address) && Name().IsMatch(address.IdnHost) && address.IdnHost.Length > 0
            ? $"Write {ShownText.Quote(address.IdnHost)}."
            : "Write it such as api.example.com, '*.example.com' or example.com:8443.";

    [GeneratedRegex(@"\A(?:\*\.)?[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*(?::[1-9][0-9]{0,4})?\z")]
    private static partial Regex Name();
}
