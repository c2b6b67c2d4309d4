using System.Text.RegularExpressions;
using CloudSage.ArchitectureTests.Source;

namespace CloudSage.ArchitectureTests.Documents;

/// <summary>What documents call by name exists. Decisions (docs/adr) are history and may speak of what was.</summary>
public sealed partial class DocumentedNameTests
{
    [Test]
    public void Names_in_documents_exist()
        => Rule.Holds("A document names a type or member that exists neither here nor in a library: correct or remove it.",
            from file in Repository.Files("docs", ".md").Concat(Repository.Files("samples", ".md")).Concat(Roots())
            where !file.Path.StartsWith("docs/adr/", StringComparison.Ordinal)
            let shown = string.Concat(Block().Matches(file.Text).Select(block => block.Value))
            from line in file.Lines.Index()
            from Match quoted in Quoted().Matches(line.Item)
            from Match name in PascalCase().Matches(quoted.Groups[1].Value)
            where !KnownWords.Contain(name.Value) && !shown.Contains(name.Value, StringComparison.Ordinal)
            select $"{file.Path}:{line.Index + 1}: {name.Value}");

    private static IEnumerable<SourceFile> Roots()
        => new[] { "README.md", "CONTRIBUTING.md" }.Select(Repository.Find).OfType<SourceFile>();

    /// <summary>Code that the document itself shows, and whose names it may use.</summary>
    [GeneratedRegex(@"^```\w.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    /// <summary>Text in backticks that is code in one piece: a path, a command line or a sentence is not.</summary>
    [GeneratedRegex(@"(?<!`)`([\w.<>,()\[\]? ]+)`(?!`)")]
    private static partial Regex Quoted();

    /// <summary>A name of at least two words, as types and members have it.</summary>
    [GeneratedRegex(@"(?<![\w.-])(?:I?[A-Z][a-z0-9]+){2,}(?![\w-])")]
    private static partial Regex PascalCase();
}
