namespace CloudSage.PluginHost.Advisories.Closures;

/// <summary>The packages that a plugin brings, and what could not be told.</summary>
internal sealed class PackageClosure
{
    private readonly HashSet<ResolvedPackage> _packages = [];
    private readonly List<string> _unresolved = [];

    public IReadOnlyCollection<ResolvedPackage> Packages => _packages;

    /// <summary>What is there and could not be told, each a sentence that says where.</summary>
    public IReadOnlyList<string> Unresolved => _unresolved;

    public void Add(PackageEcosystem ecosystem, string name, string version, string source) => _packages.Add(new ResolvedPackage(ecosystem, name, version, source));

    public void AddUnresolved(string sentence) => _unresolved.Add(sentence);
}
