using System.Globalization;
using System.Text.RegularExpressions;
using CloudSage.ArchitectureTests.Source;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudSage.ArchitectureTests.Documents;

/// <summary>Holds docs/testing.md to the tests.</summary>
public sealed partial class TestingDocumentTests
{
    private const int LastBadInput = 24;

    private static readonly SourceFile Document = Repository.Find("docs/testing.md")!;

    private static readonly HashSet<string> Tests = [.. Repository.Files("tests", ".cs").Where(file => Mentions(file)).SelectMany(NamesIn)];

    [Test]
    public void Every_test_that_the_document_names_is_there()
    {
        Tests.Should().HaveCountGreaterThan(500, "otherwise the tests were not found and nothing was checked");
        Rule.Holds("docs/testing.md names a test that there is not.",
            from line in Document.Lines.Index()
            from Match name in TestName().Matches(line.Item)
            where !Tests.Contains(name.Groups[1].Value)
            select $"{Document.Path}:{line.Index + 1}: {name.Groups[1].Value}");
    }

    [Test]
    public void Every_bad_input_has_its_row()
    {
        var section = Document.Text[Document.Text.IndexOf("## Bad inputs\n", StringComparison.Ordinal)..];
        var rows = Row().Matches(section).Select(row => (Number: int.Parse(row.Groups[1].ValueSpan, CultureInfo.InvariantCulture), Tests: row.Groups[2].Value)).ToList();

        rows.Select(row => row.Number).Should().StartWith(Enumerable.Range(1, LastBadInput)).And.OnlyHaveUniqueItems().And.BeInAscendingOrder();
        rows.Should().OnlyContain(row => TestName().IsMatch(row.Tests) || row.Tests.Contains("no test yet", StringComparison.Ordinal));
    }

    private static bool Mentions(SourceFile file) => file.Text.Contains("[Test", StringComparison.Ordinal);

    /// <summary>The names of a source's tests, and those that it gives to their cases.</summary>
    private static IEnumerable<string> NamesIn(SourceFile file)
        => file.Nodes<MethodDeclarationSyntax>()
            .Where(method => method.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() is "Test" or "TestCase" or "TestCaseSource"))
            .Select(method => method.Identifier.Text)
            .Concat(file.Nodes<AttributeArgumentSyntax>().Where(argument => argument.NameEquals?.Name.Identifier.Text == "TestName")
                .Select(argument => argument.Expression).OfType<LiteralExpressionSyntax>().Select(name => name.Token.ValueText));

    /// <summary>Words joined by underscores in backticks.</summary>
    [GeneratedRegex("`([A-Za-z0-9]+(?:_[A-Za-z0-9]+)+)`")]
    private static partial Regex TestName();

    /// <summary>A row that begins with a number.</summary>
    [GeneratedRegex(@"^\| (\d+) \|[^|]*\|([^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
