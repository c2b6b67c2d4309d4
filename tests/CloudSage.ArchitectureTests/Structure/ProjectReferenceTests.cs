using CloudSage.ArchitectureTests.Source;

namespace CloudSage.ArchitectureTests.Structure;

/// <summary>Which project may use which: dependencies point down only.</summary>
public sealed class ProjectReferenceTests
{
    private const string Contracts = "CloudSage.Plugins.Abstractions";
    private const string Engine = "CloudSage.PluginHost";
    private const string OutOfProcess = "CloudSage.PluginHost.OutOfProcess";

    private const string Analysis = "CloudSage.Analysis";

    private static readonly string[] Composed =
    [
        Contracts, Engine, OutOfProcess, "CloudSage.PluginHost.NuGet", "CloudSage.PluginHost.Advisories", "CloudSage.PluginHost.Updates", "CloudSage.PluginHost.Diagnostics", "CloudSage.PluginHost.Runner", "CloudSage.PluginHost.Api",
        Analysis, "CloudSage.Plugins.Testing", "CloudSage.Terminal",
    ];

    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        [Contracts] = [],
        [Engine] = [Contracts],
        [OutOfProcess] = [Engine, Contracts],
        ["CloudSage.PluginHost.NuGet"] = [Engine, Contracts],
        ["CloudSage.PluginHost.Advisories"] = [Engine, Contracts],
        ["CloudSage.PluginHost.Updates"] = ["CloudSage.PluginHost.Advisories", "CloudSage.PluginHost.NuGet", Engine, Contracts],
        ["CloudSage.PluginHost.Runner"] = [OutOfProcess, Engine, Contracts],
        ["CloudSage.PluginHost.Diagnostics"] = [Engine, Contracts],
        ["CloudSage.PluginHost.Api"] = [Engine, Contracts],
        [Analysis] = [Engine, Contracts],
        ["CloudSage.Plugins.Testing"] = [Engine, Contracts],
        ["CloudSage.Terminal"] = [Analysis, Engine, Contracts],
        ["CloudSage.PluginHost.Worker"] = Composed,
        ["CloudSage.Cli"] = Composed,
    };

    [Test]
    public void Every_project_is_in_the_matrix()
        => Rule.Holds("A new project needs a decision in docs/adr and a row in the matrix of ProjectReferenceTests.",
            Repository.Products.Where(project => !MayUse.ContainsKey(project.Name)).Select(project => project.File.Path));

    [Test]
    public void Project_files_reference_what_the_matrix_allows()
        => Rule.Holds("A project references another that it may not use.",
            from project in Repository.Products
            from reference in project.Items("ProjectReference")
            where !Allowed(project).Contains(reference.ProjectName)
            select $"{reference.Place}: {project.Name} -> {reference.ProjectName}");

    [Test]
    public void Built_assemblies_use_what_the_matrix_allows()
    {
        Repository.Products.Should().NotBeEmpty();
        Rule.Holds("A built assembly uses another that its project may not use.",
            from project in Repository.Products
            from used in project.Assembly.GetReferencedAssemblies()
            where used.Name!.StartsWith("CloudSage.", StringComparison.Ordinal) && !Allowed(project).Contains(used.Name)
            select $"{project.File.Path}: {project.Name} -> {used.Name}");
    }

    [Test]
    public void Sample_plugins_compile_against_the_contracts_alone()
        => Rule.Holds("A plugin may use the contracts and other samples, nothing else of the product.",
            from project in Repository.Projects("samples")
            where Repository.Find(project.Folder + "/manifest.yaml") is not null
            from reference in project.Items("ProjectReference")
            where reference.ProjectName != Contracts && MayUse.ContainsKey(reference.ProjectName)
            select $"{reference.Place}: {project.Name} -> {reference.ProjectName}");

    private static string[] Allowed(SourceProject project) => MayUse.GetValueOrDefault(project.Name, []);
}
