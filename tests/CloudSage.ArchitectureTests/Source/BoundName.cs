using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudSage.ArchitectureTests.Source;

/// <summary>A name in a source, and what the compiler binds it to.</summary>
internal sealed record BoundName(SourceFile File, SyntaxNode Node, ISymbol Symbol)
{
    public string Place => SourceFile.Place(Node);
}

/// <summary>A project's sources as the compiler understands them: names are told apart by meaning, not by spelling.</summary>
internal static class Bound
{
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private static readonly ConcurrentDictionary<string, IReadOnlyList<BoundName>> Known = new();

    /// <summary>Every name in the project's sources, save those that only generated code declares.</summary>
    public static IReadOnlyList<BoundName> Names(SourceProject project) => Known.GetOrAdd(project.Name, _ => [.. Bind(project)]);

    private static IEnumerable<BoundName> Bind(SourceProject project)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) != project.Name)
            .Select(path => MetadataReference.CreateFromFile(path));
        var usings = CSharpSyntaxTree.ParseText(ImplicitUsings, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview));
        var compilation = CSharpCompilation.Create(project.Name, [usings, .. project.Sources.Select(source => source.Tree)], references);
        foreach (var source in project.Sources)
        {
            var model = compilation.GetSemanticModel(source.Tree);
            foreach (var node in source.Nodes<SyntaxNode>().Where(node => node is SimpleNameSyntax or BaseObjectCreationExpressionSyntax))
            {
                if (model.GetSymbolInfo(node).Symbol is { } symbol) yield return new BoundName(source, node, symbol);
            }
        }
    }
}
