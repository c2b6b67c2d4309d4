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

    [GeneratedRegex(@"\]\((?!\w+:)([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Target();
}
