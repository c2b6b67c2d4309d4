using CloudSage.PluginHost.Verification;

namespace CloudSage.PluginHost.Registration;

/// <summary>How a plugin fared on its way in.</summary>
/// <param name="Plugin">The name in its manifest; null where that could not be read.</param>
/// <param name="Version">The version in its manifest.</param>
/// <param name="Hash">The SHA-256 over the names and contents of its files; null where they could not be read.</param>
/// <param name="Steps">What each step found, in order. After one that refused none follows.</param>
public sealed record RegistrationReport(string? Plugin, string? Version, string? Hash, IReadOnlyList<StepReport> Steps)
{
    /// <summary>Everything that was found.</summary>
    public IReadOnlyList<Finding> Findings => [.. Steps.SelectMany(static s => s.Findings)];

    /// <summary>Whether it may be used.</summary>
    public RegistrationVerdict Verdict
        => Findings.Any(static f => f.Severity == FindingSeverity.Error) ? RegistrationVerdict.Rejected
            : Findings.Any(static f => f.Severity == FindingSeverity.Warning) ? RegistrationVerdict.AllowedWithWarnings
            : RegistrationVerdict.Allowed;
}

/// <summary>What one step found.</summary>
/// <param name="Step">The step.</param>
/// <param name="Findings">What it found.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record StepReport(RegistrationStep Step, IReadOnlyList<Finding> Findings, TimeSpan Elapsed);

/// <summary>Whether a plugin may be used.</summary>
public enum RegistrationVerdict
{
    /// <summary>It may.</summary>
    Allowed,

    /// <summary>It may, but something should be looked at.</summary>
    AllowedWithWarnings,

    /// <summary>It may not.</summary>
    Rejected,
}
