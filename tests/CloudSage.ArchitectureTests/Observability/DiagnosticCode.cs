using System.Globalization;
using System.Text.RegularExpressions;
using CloudSage.ArchitectureTests.Source;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudSage.ArchitectureTests.Observability;

/// <summary>A diagnostic code and the constant that declares it.</summary>
internal sealed partial record DiagnosticCode(string Code, SourceFile Source, VariableDeclaratorSyntax Constant)
{
    public static IReadOnlyList<DiagnosticCode> Declared { get; } =
    [
        .. from project in Repository.Products
           from source in project.Sources
           from constant in source.Nodes<VariableDeclaratorSyntax>()
           where constant.Parent?.Parent is FieldDeclarationSyntax field && field.Modifiers.Any(SyntaxKind.ConstKeyword)
           where constant.Initializer?.Value is LiteralExpressionSyntax literal && Pattern().IsMatch(literal.Token.ValueText)
           select new DiagnosticCode(((LiteralExpressionSyntax)constant.Initializer!.Value).Token.ValueText, source, constant),
    ];

    public int Number => int.Parse(Code[3..], CultureInfo.InvariantCulture);

    public string Class => Constant.Ancestors().OfType<TypeDeclarationSyntax>().First().Identifier.Text;

    public string Place => SourceFile.Place(Constant);

    /// <summary>The codes that a text mentions.</summary>
    public static IEnumerable<string> In(string text) => Mention().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"^CSG\d{4}$")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\bCSG\d{4}\b")]
    private static partial Regex Mention();
}
