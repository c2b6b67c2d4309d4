using CloudSage.PluginHost.Manifests;

namespace CloudSage.PluginHost.Verification;

/// <summary>The host's version is in the range that the manifest's <c>engine</c> gives.</summary>
internal sealed class HostRangeRule : IVerificationRule
{
    public IEnumerable<Finding> Check(VerificationSubject subject)
    {
        var manifest = subject.Manifest;
        if (manifest.Engine is null)
            return [];

        if (!PluginVersionRange.TryParse(manifest.Engine, out var range))
        {
            return
            [
                Finding.Error(
                    VerificationCodes.HostRangeUnreadable, $"The range '{manifest.Engine}' of engine cannot be read.",
                    "Write it as '>=1.0 <2', '^1.2' or '[1.0,2.0)'.",
                    manifest.Locate("engine")),
            ];
        }

        return range.Contains(subject.Host.Version) ? [] :
        [
            Finding.Error(
                VerificationCodes.HostOutsideRange, $"The plugin is made for hosts {range}, and this one is {subject.Host.Version.ToNormalizedString()}.",
                "Use a host of that range, or a version of the plugin for this one.", manifest.Locate("engine")),
        ];
    }
}
