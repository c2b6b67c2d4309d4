using CloudSage.ArchitectureTests.Source;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CloudSage.ArchitectureTests.Observability;

/// <summary>A code means one thing, for ever, and tells its room.</summary>
public sealed class DiagnosticCodeTests
{
    private static readonly HashSet<string> Known = [.. DiagnosticCode.Declared.Select(code => code.Code)];

    [Test]
    public void Codes_are_unique()
        => Rule.Holds("One code has two meanings.",
            from code in DiagnosticCode.Declared
            group code.Place by code.Code into same
            where same.Count() > 1
            select $"{same.Key}: {string.Join(", ", same)}");

    [Test]
    public void Codes_are_in_the_range_of_their_room()
    {
        DiagnosticCode.Declared.Should().NotBeEmpty();
        Rule.Holds("A code is outside the range of its room (see NumberRange).",
            from code in DiagnosticCode.Declared
            let range = NumberRange.Of(code.Source)
            where range?.Holds(code.Number) != true
            select $"{code.Place}: {code.Code}, expected {range?.ToString() ?? "a range for this room"}");
    }

    [Test]
    public void Codes_are_declared_in_the_class_of_their_room()
        => Rule.Holds("A code is declared outside a class named ...Codes.",
            from code in DiagnosticCode.Declared
            where !code.Class.EndsWith("Codes", StringComparison.Ordinal)
            select $"{code.Place}: {code.Code} in {code.Class}");

    [Test]
    public void Constants_say_what_they_mean()
        => Rule.Holds("The constant of a code has no summary.",
            from code in DiagnosticCode.Declared
            where !code.Constant.Parent!.Parent!.GetLeadingTrivia().ToFullString().Contains("<summary>", StringComparison.Ordinal)
            select $"{code.Place}: {code.Code}");

    [Test]
    public void Literals_mention_codes_that_exist()
        => Rule.Holds("A literal mentions a code that no constant declares.",
            from project in Repository.Products
            from source in project.Sources
            from token in source.Tree.GetRoot().DescendantTokens()
            where token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.InterpolatedStringTextToken)
            from code in DiagnosticCode.In(token.Text)
            where !Known.Contains(code)
            select $"{SourceFile.Place(token.GetLocation())}: {code}");
}
