using System.Reflection;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Staging;
using CloudSage.PluginHost.Verification.Metadata;
using NuGet.Versioning;

namespace CloudSage.PluginHost.Verification;

/// <summary>
/// Says before anything of a plugin is loaded whether this host can run it, and what it lacks. Reads metadata only. A crafted file can cost time here,
/// but runs no code.
/// </summary>
internal sealed class PluginVerifier
{
    private const string DotNet = "dotnet";
    private readonly HostProfile _host;

    /// <summary>Creates a verifier.</summary>
    /// <param name="languages">The languages that the host has runtimes for.</param>
    /// <param name="shared">The assemblies that the host shares with plugins, as it has them.</param>
    /// <param name="host">The host's version.</param>
    public PluginVerifier(IEnumerable<string> languages, IEnumerable<AssemblyName> shared, SemanticVersion host)
        : this(HostProfile.Create(languages, shared, host))
    {
    }

    internal PluginVerifier(HostProfile host) => _host = host;

    /// <summary>Examines a staged plugin.</summary>
    /// <param name="manifest">Its manifest, read from the staged files.</param>
    /// <param name="staged">Its files.</param>
    /// <param name="source">Where it came from.</param>
    public StageResult<PluginDescriptor> Verify(PluginManifest manifest, StagedPlugin staged, string source)
    {
        var subject = new VerificationSubject(manifest, staged, _host);
        var findings = Examine(subject);
        if (findings.Any(static f => f.Severity == FindingSeverity.Error))
            return StageResult<PluginDescriptor>.Failure(findings);

        return StageResult<PluginDescriptor>.Success(
            new PluginDescriptor
            {
                Manifest = manifest,
                Version = SemanticVersion.Parse(manifest.Version),
                Hash = staged.Hash,
                Directory = staged.Directory,
                EntryPath = subject.FullPath(subject.EntryFile!),
                Source = source,
                FlatAssemblies = FlatAssemblies.Of(staged, subject.EntryFile!.RelativePath),
                Warnings = findings,
            },
            findings);
    }

    /// <summary>A stage builds upon what those before it made sure of, so an error ends the examination with its stage: one cause, one finding.</summary>
    private static List<Finding> Examine(VerificationSubject subject)
    {
        var findings = new List<Finding>();
        var stages = string.Equals(subject.Manifest.Language, DotNet, StringComparison.OrdinalIgnoreCase)
            ? VerificationRules.AnyLanguage.Concat(VerificationRules.DotNet)
            : VerificationRules.AnyLanguage;
        try
        {
            foreach (var stage in stages)
            {
                findings.AddRange(stage.SelectMany(rule => rule.Check(subject)));
                if (findings.Any(static f => f.Severity == FindingSeverity.Error))
                    break;
            }
        }
        catch (Exception e) when (MetadataDamage.Is(e))
        {
            // Sound enough to be opened, but not where a rule looked.
            findings.Add(EntryImageRule.Damaged(subject, e.Message));
        }

        return [.. findings.OrderByDescending(static f => f.Severity)];
    }
}
