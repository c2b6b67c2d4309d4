using CloudSage.ArchitectureTests.Source;

namespace CloudSage.ArchitectureTests.Code;

/// <summary>Nothing is open to inheritance by accident.</summary>
public sealed class SealedTypeTests
{
    /// <summary>Libraries that start themselves as a program: docs/adr/0014 and 0019.</summary>
    private static readonly string[] AlsoLibraries = ["CloudSage.PluginHost.Diagnostics", "CloudSage.PluginHost.Runner"];

    [Test]
    public void Classes_are_sealed_static_or_abstract()
        => Rule.Holds("A class is neither sealed nor static nor abstract.",
            from project in Repository.Products
            from type in project.Assembly.GetTypes()
            where type.IsClass && !type.IsSealed && !type.IsAbstract && !Generated.Is(type)
            select $"{project.Name}: {type.FullName}");

    [Test]
    public void Executables_publish_no_types()
        => Rule.Holds("An executable is no library: its types are internal.",
            from project in Repository.Products
            where project.Property("OutputType") == "Exe" && !AlsoLibraries.Contains(project.Name)
            from type in project.Assembly.GetExportedTypes()
            select $"{project.Name}: {type.FullName}");
}
