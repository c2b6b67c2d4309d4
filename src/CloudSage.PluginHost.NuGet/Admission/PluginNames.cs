using System.Text.RegularExpressions;

namespace CloudSage.PluginHost.NuGet.Admission;

/// <summary>
/// A package's plugin is called as the package: <c>Contoso.Rightsizer</c> becomes <c>contoso-rightsizer</c>. Several ids read the same; a
/// registered name stays with the package that it came from.
/// </summary>
internal static partial class PluginNames
{
    public static string Of(string packageId) => Separators().Replace(packageId, "-").ToLowerInvariant().Trim('-');

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex Separators();
}
