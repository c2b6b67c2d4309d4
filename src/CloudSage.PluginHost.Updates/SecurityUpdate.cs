using CloudSage.PluginHost.Advisories;
using CloudSage.PluginHost.NuGet;
using CloudSage.PluginHost.Registration;

namespace CloudSage.PluginHost.Updates;

/// <summary>A plugin that brings packages with known vulnerabilities, and the version that mends them or why there is none; or one that cannot be looked at.</summary>
/// <param name="Plugin">The plugin's name.</param>
/// <param name="Installed">The version that is installed.</param>
/// <param name="Advisories">What affects it, the worst first; empty where it cannot be looked at.</param>
public sealed record SecurityUpdate(string Plugin, string Installed, IReadOnlyList<AdvisoryMatch> Advisories)
{
    /// <summary>How the plugin is registered; null where it is not.</summary>
    public LockedPlugin? Locked { get; init; }

    /// <summary>The version to update to; null where there is none that may be taken now.</summary>
    public string? Target => Package?.Packages[0].Version;

    /// <summary>What installing that version means; null where there is none.</summary>
    public PackagePlan? Package { get; init; }

    /// <summary>What that version mends.</summary>
    public IReadOnlyList<AdvisoryMatch> Mended { get; init; } = [];

    /// <summary>What affects that version still.</summary>
    public IReadOnlyList<AdvisoryMatch> Remaining { get; init; } = [];

    /// <summary>The moment from which a version that is too young may be taken; null where none is waited for.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Why there is no version, or what else should be known.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}
