namespace CloudSage.UnloadZoo.Catalogue;

/// <summary>A scenario, as its attribute describes it; holds nothing of the plugin.</summary>
/// <param name="Project">The plugin's project, such as <c>Zoo.Causes</c>.</param>
/// <param name="Type">The full name of its class.</param>
/// <param name="Cause">The cause that it shows, or what its library is for.</param>
/// <param name="Packages">The packages that it uses, with their versions.</param>
/// <param name="Clean">Known to be clean in a plain collectible context.</param>
/// <param name="Stays">Why it stays in memory in spite of all assistance; null where it must leave.</param>
/// <param name="Culprit">The words that a report about it must contain; empty where it leaves.</param>
/// <param name="Throws">Whether it lets an exception out, on purpose.</param>
/// <param name="Shared">Whether plugins and host can do it at the same time, sharing a cache of the process.</param>
public sealed record ZooScenario(
    string Project, string Type, string Cause, IReadOnlyList<string> Packages, bool Clean, string? Stays, IReadOnlyList<string> Culprit, bool Throws, bool Shared)
{
    /// <summary>The class' own name.</summary>
    public string Name => Type[(Type.LastIndexOf('.') + 1)..];

    /// <inheritdoc />
    public override string ToString() => $"{Project[4..]}.{Name}";
}
