using CloudSage.PluginHost.Manifests;

namespace CloudSage.PluginHost.Registration;

/// <summary>Holds a manifest's <c>environments</c> against the host's.</summary>
internal static class EnvironmentRule
{
    public static IEnumerable<Finding> Check(PluginManifest manifest, string environment)
    {
        foreach (var (name, support) in manifest.Environments)
        {
            if (support.Supported || !string.Equals(name, environment, StringComparison.OrdinalIgnoreCase)) continue;
            yield return Finding.Error(RegistrationCodes.EnvironmentNotSupported,
                $"{manifest.Name} {manifest.Version} does not support the environment {name}{(support.Reason is null ? string.Empty : $": {support.Reason}")}.",
                "Use it in another environment, or a version that supports this one.", manifest.Locate($"environments.{name}"));
        }
    }
}
