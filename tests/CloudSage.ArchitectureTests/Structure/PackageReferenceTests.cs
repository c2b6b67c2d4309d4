using CloudSage.ArchitectureTests.Source;

namespace CloudSage.ArchitectureTests.Structure;

/// <summary>Which packages may be used where: what plugins and embedders inherit stays small.</summary>
public sealed class PackageReferenceTests
{
    private static readonly string[] Contracts =
        ["Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions"];

    /// <summary>Packages that are heavy or delicate, and the only projects that may bring them in.</summary>
    private static readonly Dictionary<string, string[]> Owners = new()
    {
        ["McMaster.NETCore.Plugins"] = ["CloudSage.PluginHost"],
        ["Microsoft.Diagnostics.Runtime"] = ["CloudSage.PluginHost.Diagnostics"],
        ["NuGet.Packaging"] = ["CloudSage.PluginHost.NuGet"],
        ["NuGet.Protocol"] = ["CloudSage.PluginHost.NuGet"],
        ["Semver"] = ["CloudSage.PluginHost.Advisories"],
        ["Spectre.Console"] = ["CloudSage.Terminal", "CloudSage.Cli", "CloudSage.PluginHost.Worker"],
        ["Sylvan.Data.Csv"] = ["CloudSage.Analysis"],
        ["System.CommandLine"] = ["CloudSage.Cli"],
    };

    [Test]
    public void Contracts_bring_two_abstractions_alone()
        => Rule.Holds($"Every plugin inherits what the contracts reference: {string.Join(" and ", Contracts)} alone.",
            from project in Repository.Products
            where project.Name == "CloudSage.Plugins.Abstractions"
            from reference in project.Items("PackageReference").Concat(project.Items("FrameworkReference"))
            where reference.Metadata("PrivateAssets") != "all" && !Contracts.Contains(reference.Include)
            select $"{reference.Place}: {reference.Include}");

    [Test]
    public void Heavy_packages_stay_with_their_owners()
        => Rule.Holds("A package is used outside the projects that own it.",
            from project in Repository.Products
            from reference in project.Items("PackageReference")
            where Owners.TryGetValue(reference.Include, out var owners) && !owners.Contains(project.Name)
            select $"{reference.Place}: {reference.Include}");

    [Test]
    public void Web_framework_stays_out_of_the_engine()
        => Rule.Holds("Only the HTTP API and the worker may use a shared framework besides .NET's own.",
            from project in Repository.Products
            where project.Name is not ("CloudSage.PluginHost.Api" or "CloudSage.PluginHost.Worker")
            from reference in project.Items("FrameworkReference")
            select $"{reference.Place}: {reference.Include}");

    [Test]
    public void Versions_are_central()
        => Rule.Holds("Versions of packages belong into Directory.Packages.props.",
            from folder in new[] { "src", "samples", "tests" }
            from project in Repository.Projects(folder)
            from reference in project.Items("PackageReference")
            where reference.Metadata("Version") is not null || reference.Metadata("VersionOverride") is not null
            select $"{reference.Place}: {reference.Include}");
}
