using CloudSage.ArchitectureTests.Source;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudSage.ArchitectureTests.Structure;

/// <summary>A folder is a namespace.</summary>
public sealed class NamespaceTests
{
    [Test]
    public void Namespace_is_the_folder()
        => Rule.Holds("The namespace must be the project's root namespace and the folders below it.",
            from project in Repository.Products
            from source in project.Sources
            let expected = Expected(project, source)
            from declared in source.Nodes<BaseNamespaceDeclarationSyntax>()
            where declared.Name.ToString() != expected
            select $"{SourceFile.Place(declared)}: {declared.Name}, expected {expected}");

    [Test]
    public void Every_type_has_a_namespace()
        => Rule.Holds("A type lies in no namespace.",
            from project in Repository.Products
            from source in project.Sources
            where source.Path != project.Folder + "/Program.cs"
            from declared in source.Nodes<BaseTypeDeclarationSyntax>()
            where !declared.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Any()
            select $"{SourceFile.Place(declared)}: {declared.Identifier}");

    private static string Expected(SourceProject project, SourceFile source)
    {
        var folder = project.FolderOf(source.Path);
        return folder.Length == 0 ? project.RootNamespace : $"{project.RootNamespace}.{folder.Replace('/', '.')}";
    }
}
