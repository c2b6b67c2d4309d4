namespace CloudSage.PluginHost.Advisories.Closures;

/// <summary>The packages that a plugin brings, and what could not be told. Its files come from outside, so both have an end.</summary>
internal sealed class PackageClosure
{
    /// <summary>More than any plugin has. The largest known lock files name some thousands.</summary>
    public const int MostPackages = 20_000;

    /// <summary>More than any name or version has: the registries end at 214 characters or before, module paths hardly ever reach it.</summary>
    private const int LongestText = 512;

    private readonly HashSet<ResolvedPackage> _packages = [];
    private readonly UnresolvedSentences _unresolved = [];
    private bool _isCut;

    public IReadOnlyCollection<ResolvedPackage> Packages => _packages;

    /// <summary>What is there and could not be told, each a sentence that says where.</summary>
    public IReadOnlyList<string> Unresolved
        => [.. _unresolved, .. _isCut ? [$"The plugin names more than {MostPackages:N0} packages; the others were not looked up."] : Array.Empty<string>()];

    public void Add(PackageEcosystem ecosystem, string name, string version, string source)
    {
        var package = new ResolvedPackage(ecosystem, name, version, source);
        if (name.Length > LongestText || version.Length > LongestText)
            AddUnresolved($"'{UnresolvedSentences.Shown(name, 80)}' in '{source}' has a name or version of more than {LongestText} characters, so it was not looked up.");
        else if (_packages.Count < MostPackages) _packages.Add(package);
        else _isCut |= !_packages.Contains(package);
    }

    public void AddUnresolved(string sentence) => _unresolved.Add(sentence);
}
