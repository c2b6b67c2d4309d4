using System.Globalization;
using System.Text.RegularExpressions;
using NuGet.Versioning;

namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>The version is SemVer 2.0, to the letter: versions are compared, and every tool must compare them alike.</summary>
internal sealed partial class VersionRule : IManifestRule
{
    private const int Longest = 128;

    public IEnumerable<Finding> Check(ManifestDocument document)
    {
        if (document.Root.Scalar("version") is not { } version || version.Text.AsSpan().IsWhiteSpace()) yield break;
        if (version.Text.Length <= Longest && SemanticVersion.TryParse(version.Text, out _)) yield break;

        var remedy = Repair(version.Text) is { } repaired
            ? $"Write {repaired}."
            : "Write three numbers such as 1.4.0, with -beta.1 behind them for a prerelease.";
        yield return Finding.Error(ManifestCodes.Version, $"The version {ShownText.Quote(version.Text)} is not SemVer 2.0.", remedy, version.At);
    }

    // What people write in place of three numbers: a v in front, leading zeros, too few numbers or a fourth.
    private static string? Repair(string written)
    {
        var match = Nearly().Match(written.Trim());
        if (!match.Success) return null;

        var repaired = $"{Number(match, 1)}.{Number(match, 2)}.{Number(match, 3)}{match.Groups[4].Value}";
        return SemanticVersion.TryParse(repaired, out _) ? repaired : null;
    }

    private static int Number(Match match, int group)
        => match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\A[vV]?([0-9]{1,9})(?:\.([0-9]{1,9}))?(?:\.([0-9]{1,9}))?(?:\.[0-9]{1,9})?([-+][0-9A-Za-z.+-]{1,64})?\z")]
    private static partial Regex Nearly();
}
