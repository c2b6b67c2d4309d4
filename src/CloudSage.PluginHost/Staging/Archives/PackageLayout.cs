using System.Globalization;
using System.Text.RegularExpressions;
using CloudSage.PluginHost.Manifests;

namespace CloudSage.PluginHost.Staging.Archives;

/// <summary>
/// Where a plugin is in a package of NuGet's that holds all it needs: the manifest at its top (or embedded), the libraries in the best folder below <c>lib</c>.
/// </summary>
/// <param name="newestFramework">The major version of the host's framework.</param>
internal sealed partial class PackageLayout(int newestFramework)
{
    private const string Libraries = "lib/";
    private const string SpecificationName = ".nuspec";
    private static readonly string[] ManifestNames = ["manifest.yaml", "manifest.yml"];

    private bool _hasLibraries;
    private string? _platformFile;

    /// <summary>What is unpacked and where to; <see cref="FindLack"/> then says whether that is all.</summary>
    public IReadOnlyDictionary<string, string?> Arrange(IReadOnlyList<string> names)
    {
        // Names in packages are written as in web addresses.
        var places = names.ToDictionary(static name => name, static name => Uri.UnescapeDataString(name), StringComparer.Ordinal);
        var best = places.Values.Select(FolderOf).OfType<string>().Distinct(StringComparer.Ordinal).MaxBy(Rank);
        _hasLibraries = best is not null && Rank(best) > 0;
        _platformFile = places.Values.FirstOrDefault(static place => place.StartsWith("runtimes/", StringComparison.OrdinalIgnoreCase));
        var arranged = places.ToDictionary(static p => p.Key, p => PlaceOf(p.Value, _hasLibraries ? best! : null), StringComparer.Ordinal);
        // A build that copies the manifest beside the libraries packs it twice; that at the top counts.
        if (ManifestNames.Any(places.ContainsValue) && best is not null)
        {
            foreach (var (name, _) in places.Where(p => ManifestNames.Any(manifest => p.Value == best + manifest))) arranged[name] = null;
        }

        return arranged;
    }

    /// <summary>Reads what the package says of itself, and takes it away: it is no part of the plugin.</summary>
    public static (PackageSpecification? Specification, Finding? Fault) TakeSpecification(string folder)
    {
        var path = Path.Combine(folder, SpecificationName);
        if (!File.Exists(path)) return (null, Unreadable("it has no .nuspec"));
        var (specification, fault) = PackageSpecification.Read(path);
        File.Delete(path);
        return specification is null ? (null, Unreadable(fault!)) : (specification, null);
    }

    /// <summary>What the plugin needs and the package does not hold; null where nothing is lacking.</summary>
    public Finding? FindLack(PackageSpecification specification, IReadOnlySet<string> hostAssemblies)
    {
        string[] needed = [.. specification.Dependencies.Where(name => !hostAssemblies.Contains(name))];
        if (needed.Length > 0) return NotSelfContained($"it needs other packages: {string.Join(", ", needed.Take(10).Select(ShownText.Quote))}");
        if (_platformFile is { } file) return NotSelfContained($"it holds files for single platforms, such as {ShownText.Quote(file)}");
        return _hasLibraries ? null : NotSelfContained($"it has no folder below lib for .NET {newestFramework} or older");
    }

    /// <summary>The specification goes under a name that no file of a plugin has, and is gone before it is staged.</summary>
    private static string? PlaceOf(string path, string? best)
    {
        if (ManifestNames.Contains(path)) return path;
        if (!path.Contains('/', StringComparison.Ordinal)) return path.EndsWith(SpecificationName, StringComparison.OrdinalIgnoreCase) ? SpecificationName : null;
        if (best is not null && path.StartsWith(best, StringComparison.Ordinal) && !path.EndsWith("/_._", StringComparison.Ordinal)) return path[best.Length..];
        // What is left out is held to the rules of names too: written as in a web address, it was not yet.
        return SafePath.FindFault(path) is null ? null : path;
    }

    private static string? FolderOf(string path)
    {
        if (!path.StartsWith(Libraries, StringComparison.OrdinalIgnoreCase)) return null;
        var end = path.IndexOf('/', Libraries.Length);
        return end < 0 ? null : path[..(end + 1)];
    }

    private int Rank(string folder)
    {
        var framework = folder[Libraries.Length..^1].ToLowerInvariant();
        if (framework is "netstandard2.0") return 1;
        if (framework is "netstandard2.1") return 2;
        if (framework is "netcoreapp3.0" or "netcoreapp3.1") return 3;
        return Framework().Match(framework) is { Success: true } match && int.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var major)
            && major <= newestFramework ? major : 0;
    }

    private static Finding Unreadable(string why) => Finding.Error(
        ArchiveCodes.PackageUnreadable, $"The package cannot be read: {why}.", "Pack it with 'dotnet pack' or 'csg plugin pack'.");

    private static Finding NotSelfContained(string why) => Finding.Error(
        ArchiveCodes.PackageNotSelfContained, $"The package does not hold all that the plugin needs: {why}.",
        "Add the package CloudSage.PluginHost.NuGet to the host, or pack the plugin's published output as a ZIP.");

    [GeneratedRegex(@"\Anet([5-9]|[1-9][0-9])\.0\z")]
    private static partial Regex Framework();
}
