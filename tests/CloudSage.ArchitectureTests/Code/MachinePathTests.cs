using System.Text.RegularExpressions;
using CloudSage.ArchitectureTests.Source;
using Microsoft.CodeAnalysis.CSharp;

namespace CloudSage.ArchitectureTests.Code;

/// <summary>The product knows nothing of the machine on which it was written.</summary>
public sealed partial class MachinePathTests
{
    [Test]
    public void No_literal_holds_a_path_of_one_machine([Values("src", "samples")] string folder)
        => Rule.Holds("A literal holds a path that only one machine has.",
            from source in Repository.Files(folder, ".cs")
            from token in source.Tree.GetRoot().DescendantTokens()
            where token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken
                or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.Utf8StringLiteralToken
            where MachinePath().IsMatch(token.Text)
            select $"{SourceFile.Place(token.GetLocation())}: {token.Text}");

    [Test]
    public void No_document_or_project_holds_a_path_of_one_machine([Values(".md", ".csproj", ".props", ".yaml", ".sh", ".json")] string ending)
        => Rule.Holds("A file holds a path that only one machine has.",
            from folder in new[] { "src", "samples", "tests", "docs", "plugins" }
            from file in Repository.Files(folder, ending)
            from line in file.Lines.Index()
            where HomePath().IsMatch(line.Item)
            select $"{file.Path}:{line.Index + 1}: {line.Item.Trim()}");

    [GeneratedRegex("""(?<![\w.])(/work/|/root/|/home/|/tmp/|/Users/|[A-Za-z]:\\\\?Users\\)""")]
    private static partial Regex MachinePath();

    [GeneratedRegex("""(?<![\w./])(/work/|/root/|/home/\w|/Users/\w)""")]
    private static partial Regex HomePath();
}
