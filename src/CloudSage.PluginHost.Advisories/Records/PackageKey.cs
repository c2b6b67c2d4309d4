using System.Text.RegularExpressions;

namespace CloudSage.PluginHost.Advisories.Records;

/// <summary>The name by which an ecosystem tells packages apart, whatever its spelling.</summary>
internal readonly partial record struct PackageKey
{
    private PackageKey(PackageEcosystem ecosystem, string name) => (Ecosystem, Name) = (ecosystem, name);

    public PackageEcosystem Ecosystem { get; }

    public string Name { get; }

    public static PackageKey Of(PackageEcosystem ecosystem, string name) => new(ecosystem, ecosystem switch
    {
        PackageEcosystem.NuGet => name.ToUpperInvariant(),
        // https://peps.python.org/pep-0503/#normalized-names
        PackageEcosystem.PyPI => Separators.Replace(name, "-").ToUpperInvariant(),
        _ => name,
    });

    /// <summary>The ecosystem by OSV's name, which may carry a release behind a colon; null where it is not one that is known here.</summary>
    public static PackageEcosystem? EcosystemOf(string? name) => name?.Split(':')[0] switch
    {
        "NuGet" => PackageEcosystem.NuGet,
        "npm" => PackageEcosystem.Npm,
        "PyPI" => PackageEcosystem.PyPI,
        "Go" => PackageEcosystem.Go,
        _ => null,
    };

    [GeneratedRegex("[-_.]+", RegexOptions.CultureInvariant)]
    private static partial Regex Separators { get; }
}
