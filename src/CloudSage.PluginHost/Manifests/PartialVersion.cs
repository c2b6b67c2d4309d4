using System.Globalization;
using System.Text.RegularExpressions;
using NuGet.Versioning;

namespace CloudSage.PluginHost.Manifests;

/// <summary>A version in a range, of which the lesser numbers may be missing or a wildcard: <c>1</c>, <c>1.2</c>, <c>1.2.x</c>, <c>*</c>.</summary>
internal sealed partial record PartialVersion(int? Major, int? Minor, int? Patch, string? Prerelease)
{
    public bool IsComplete => Patch is not null;

    /// <summary>The least version that it stands for.</summary>
    public SemanticVersion Floor => new(Major ?? 0, Minor ?? 0, Patch ?? 0, Prerelease);

    /// <summary>The least version above all that it stands for, at the last number that it has; null where it has none.</summary>
    public SemanticVersion? Next => this switch
    {
        { Major: null } => null,
        { Minor: null } => new SemanticVersion(Major.Value + 1, 0, 0),
        { Patch: null } => new SemanticVersion(Major.Value, Minor.Value + 1, 0),
        _ => new SemanticVersion(Major.Value, Minor.Value, Patch.Value + 1),
    };

    public static PartialVersion? TryParse(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success) return null;

        var (major, minor, patch) = (Number(match, "major"), Number(match, "minor"), Number(match, "patch"));
        // A wildcard in front of a number (1.x.3) stands for nothing.
        if ((major is null && minor is not null) || (minor is null && patch is not null)) return null;
        var prerelease = match.Groups["pre"];
        if (!prerelease.Success) return new PartialVersion(major, minor, patch, null);
        return SemanticVersion.TryParse($"{major}.{minor}.{patch}-{prerelease.Value}", out _)
            ? new PartialVersion(major, minor, patch, prerelease.Value)
            : null;
    }

    private static int? Number(Match match, string group)
        => int.TryParse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // Nine digits fit an Int32 with room for one more; build metadata says nothing about order and is passed over.
    [GeneratedRegex(
        @"\A(?<major>0|[1-9][0-9]{0,8}|[xX*])(\.(?<minor>0|[1-9][0-9]{0,8}|[xX*])" +
        @"(\.(?<patch>0|[1-9][0-9]{0,8}|[xX*])(-(?<pre>[0-9A-Za-z.-]{1,64}))?(\+[0-9A-Za-z.-]{1,64})?)?)?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
