using System.Text.RegularExpressions;
using CloudSage.ArchitectureTests.Source;

namespace CloudSage.ArchitectureTests.Documents;

/// <summary>Links between documents lead somewhere.</summary>
public sealed partial class LinkTests
{
    [Test]
    public void Relative_links_lead_to_files()
        => Rule.Holds("A link leads nowhere.",
            from file in Repository.Files(".", ".md")
            from line in file.Lines.Index()
            from Match link in Target().Matches(line.Item)
            let target = Uri.UnescapeDataString(link.Groups[1].Value)
            where !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(file.Path)!, target))
            select $"{file.Path}:{line.Index + 1}: {target}");

    [Test]
    public void Sources_that_the_architecture_names_exist()
    {
        string[] paths = [.. Repository.Files("src", ".cs").Select(source => "/" + source.Path)];
        var document = Repository.Find("docs/architecture.md")!;
        Rule.Holds("The architecture names a source or folder that is not there.",
            from line in document.Lines.Index()
            from Match named in SourcePath().Matches(line.Item)
            let name = "/" + named.Groups[1].Value
            where !paths.Any(path => path.EndsWith(name, StringComparison.Ordinal) || path.Contains(name + "/", StringComparison.Ordinal))
            select $"{document.Path}:{line.Index + 1}: {named.Groups[1].Value}");
    }

    /// <summary>A path in backticks below a project: folders, and at the end a source or a folder.</summary>
    [GeneratedRegex(@"`((?:[A-Z][\w.]*/)+[A-Z]\w*(?:\.cs)?)`")]
    private static partial Regex SourcePath();

    [GeneratedRegex(@"\]\((?!\w+:)([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Target();
}
