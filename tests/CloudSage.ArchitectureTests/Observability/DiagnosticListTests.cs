using System.Text.RegularExpressions;
using CloudSage.ArchitectureTests.Source;

namespace CloudSage.ArchitectureTests.Observability;

/// <summary>docs/diagnostics.md lists every code, and none that there is not.</summary>
public sealed partial class DiagnosticListTests
{
    private static readonly SourceFile List = Repository.Find("docs/diagnostics.md")!;

    private static readonly List<Entry> Entries = [.. Read()];

    private sealed record Entry(string Code, string Section, string[] Cells, int Line);

    [Test]
    public void Every_code_is_listed()
        => Rule.Holds("A code is missing in docs/diagnostics.md.",
            DiagnosticCode.Declared.ExceptBy(Entries.Select(entry => entry.Code), code => code.Code).Select(code => $"{code.Place}: {code.Code}"));

    [Test]
    public void Every_listed_code_exists()
        => Rule.Holds("docs/diagnostics.md lists a code that no constant declares.",
            Entries.ExceptBy(DiagnosticCode.Declared.Select(code => code.Code), entry => entry.Code).Select(entry => $"{List.Path}:{entry.Line}: {entry.Code}"));

    [Test]
    public void Codes_are_listed_once_and_in_order()
        => Entries.Select(entry => entry.Code).Should().BeInAscendingOrder(StringComparer.Ordinal).And.OnlyHaveUniqueItems();

    [Test]
    public void Codes_are_listed_in_the_section_of_their_room()
        => Rule.Holds("A code is listed in the section of another room.",
            from entry in Entries
            join code in DiagnosticCode.Declared on entry.Code equals code.Code
            let room = NumberRange.Of(code.Source)?.Room
            where entry.Section != room
            select $"{List.Path}:{entry.Line}: {entry.Code} is in {entry.Section}, expected {room}");

    [Test]
    public void Every_entry_has_severity_meaning_and_remedy()
        => Rule.Holds("An entry needs four cells: code, severity, meaning, remedy.",
            from entry in Entries
            where entry.Cells.Length != 4 || entry.Cells.Any(string.IsNullOrWhiteSpace)
            select $"{List.Path}:{entry.Line}: {entry.Code}");

    [Test]
    public void Documents_mention_codes_that_exist()
        => Rule.Holds("A document mentions a code that no constant declares.",
            from file in Repository.Files("docs", ".md").Concat(Repository.Files("samples", ".md")).Append(Repository.Find("README.md"))
            where file is not null
            from line in file.Lines.Index()
            from code in DiagnosticCode.In(line.Item).Except(DiagnosticCode.Declared.Select(declared => declared.Code))
            select $"{file.Path}:{line.Index + 1}: {code}");

    private static IEnumerable<Entry> Read()
    {
        var section = "";
        foreach (var (index, line) in List.Lines.Index())
        {
            if (line.StartsWith("## ", StringComparison.Ordinal)) section = line[3..].Trim();
            if (!Row().IsMatch(line)) continue;
            string[] cells = [.. Separator().Split(line.Trim().Trim('|')).Select(cell => cell.Trim())];
            yield return new Entry(cells[0], section, cells, index + 1);
        }
    }

    [GeneratedRegex(@"^\| CSG\d{4} \|")]
    private static partial Regex Row();

    /// <summary>A bar between cells; one inside a cell is escaped.</summary>
    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Separator();
}
