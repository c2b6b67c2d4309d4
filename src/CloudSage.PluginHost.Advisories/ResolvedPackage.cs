namespace CloudSage.PluginHost.Advisories;

/// <summary>A package that a plugin brings with it, in the one version that it brings.</summary>
/// <param name="Ecosystem">Where it comes from.</param>
/// <param name="Name">Its name, as the plugin's file spells it.</param>
/// <param name="Version">Its version, as the plugin's file spells it.</param>
/// <param name="Source">The file of the plugin that says so, relative to the plugin.</param>
public sealed record ResolvedPackage(PackageEcosystem Ecosystem, string Name, string Version, string Source)
{
    /// <summary>Name and version.</summary>
    /// <returns>Text such as <c>Newtonsoft.Json 12.0.3</c>.</returns>
    public override string ToString() => $"{Name} {Version}";
}
