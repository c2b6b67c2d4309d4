using System.Text.RegularExpressions;

namespace CloudSage.PluginHost.Staging.Archives;

/// <summary>
/// How the plugin of a package is called: as the package, in lower case with hyphens, so that whoever owns an id on a feed owns the name.
/// <c>Contoso.Rightsizer</c> becomes <c>contoso-rightsizer</c>. Several ids read the same; a registered name stays with the package that it came from.
/// </summary>
internal static partial class PackageName
{
    public static string OfPlugin(string packageId) => Separators().Replace(packageId, "-").ToLowerInvariant().Trim('-');

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex Separators();
}
