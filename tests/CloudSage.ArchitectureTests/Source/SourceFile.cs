using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CloudSage.ArchitectureTests.Source;

/// <summary>A file of the repository.</summary>
/// <param name="path">Its path from the root, with forward slashes.</param>
internal sealed class SourceFile(string path)
{
    private readonly Lazy<string> _text = new(() => File.ReadAllText(System.IO.Path.Combine(Repository.Root, path)));
    private SyntaxTree? _tree;

    public string Path => path;

    public string Text => _text.Value;

    public IReadOnlyList<string> Lines => Text.TrimEnd('\n').Split('\n');

    public SyntaxTree Tree => _tree ??= CSharpSyntaxTree.ParseText(
        Text, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview).WithDocumentationMode(DocumentationMode.None), path);

    public IEnumerable<T> Nodes<T>() where T : SyntaxNode => Tree.GetRoot().DescendantNodes().OfType<T>();

    /// <summary>Where a node is, as the compiler writes it: <c>path:line</c>.</summary>
    public static string Place(SyntaxNode node) => Place(node.GetLocation());

    public static string Place(Location location)
    {
        var span = location.GetLineSpan();
        return $"{span.Path}:{span.StartLinePosition.Line + 1}";
    }

    public override string ToString() => path;
}
