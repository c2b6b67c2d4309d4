using Semver;

namespace CloudSage.PluginHost.Advisories.Versions;

/// <summary>SemVer 2.0 by precedence: npm's versions, and Go's without their <c>v</c>. Go's pseudo-versions are prereleases of it.</summary>
internal sealed class SemanticOrder : IVersionOrder
{
    private const int Longest = 256;

    public IComparable? Read(string text)
    {
        // Advisories write "0" for the first of all, and shorten versions; packages do not.
        var styles = SemVersionStyles.AllowV | SemVersionStyles.OptionalMinorPatch;
        return SemVersion.TryParse(text, styles, out var version, Longest) ? new Precedence(version) : null;
    }

    /// <summary>Builds (<c>+incompatible</c>) do not count in the order.</summary>
    private sealed record Precedence(SemVersion Version) : IComparable
    {
        public int CompareTo(object? obj) => obj is Precedence other ? Version.ComparePrecedenceTo(other.Version) : 1;
    }
}
