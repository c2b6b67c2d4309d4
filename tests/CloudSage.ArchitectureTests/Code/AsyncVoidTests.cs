using CloudSage.ArchitectureTests.Source;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudSage.ArchitectureTests.Code;

/// <summary>Every task has an owner who awaits it.</summary>
public sealed class AsyncVoidTests
{
    [Test]
    public void No_async_method_returns_void([Values("src", "samples")] string folder)
        => Rule.Holds("An async method returns void: return a task, and await it.",
            from source in Repository.Files(folder, ".cs")
            from node in source.Nodes<SyntaxNode>()
            where IsAsyncVoid(node)
            select SourceFile.Place(node));

    private static bool IsAsyncVoid(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword) && IsVoid(method.ReturnType),
        LocalFunctionStatementSyntax function => function.Modifiers.Any(SyntaxKind.AsyncKeyword) && IsVoid(function.ReturnType),
        _ => false,
    };

    private static bool IsVoid(TypeSyntax type) => type is PredefinedTypeSyntax predefined && predefined.Keyword.IsKind(SyntaxKind.VoidKeyword);
}
