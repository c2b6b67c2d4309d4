using System.Runtime.Versioning;

namespace CloudSage.PluginHost.Verification;

/// <summary>The plugin is built for a .NET that the host's can stand in for.</summary>
internal sealed class TargetFrameworkRule : IVerificationRule
{
    public IEnumerable<Finding> Check(VerificationSubject subject)
    {
        // Not every compiler says it; what is then missing shows in the references.
        if (subject.EntryFacts.TargetFramework is not { Length: > 0 } text || Parse(text) is not { } framework)
            return [];

        var runtime = subject.Host.Runtime;
        var location = new FindingLocation(subject.Entry.RelativePath);
        return framework.Identifier switch
        {
            ".NETStandard" => [],
            ".NETCoreApp" when framework.Version <= new Version(runtime.Major, runtime.Minor) => [],
            ".NETCoreApp" =>
            [
                Finding.Error(
                    VerificationCodes.FrameworkTooNew,
                    $"The plugin is built for .NET {framework.Version}; this host runs on .NET {runtime.Major}.{runtime.Minor}.",
                    $"Update the host's .NET, or build the plugin for net{runtime.Major}.{runtime.Minor} or older.", location),
            ],
            _ =>
            [
                Finding.Error(
                    VerificationCodes.FrameworkForeign, $"The plugin is built for '{text}', which .NET {runtime.Major}.{runtime.Minor} cannot run.",
                    $"Build it for net{runtime.Major}.{runtime.Minor}, or for netstandard2.0.", location),
            ],
        };
    }

    private static FrameworkName? Parse(string text)
    {
        try
        {
            return new FrameworkName(text);
        }
        catch (ArgumentException)
        {
            // Whatever it means, it is no framework's name: as if it were not there.
            return null;
        }
    }
}
