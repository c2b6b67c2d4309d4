using CloudSage.ArchitectureTests.Source;

namespace CloudSage.ArchitectureTests.Structure;

/// <summary>One concept a file.</summary>
public sealed class FileLengthTests
{
    private const int Longest = 300;

    [Test]
    public void No_source_is_longer_than_a_person_reads([Values("src", "samples", "tests")] string folder)
        => Rule.Holds($"A file has more than {Longest} lines: divide it by concept.",
            from source in Repository.Files(folder, ".cs")
            where source.Lines.Count > Longest
            select $"{source.Path}: {source.Lines.Count} lines");
}
