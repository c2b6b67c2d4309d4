using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using CloudSage.ArchitectureTests.Source;

namespace CloudSage.ArchitectureTests.Documents;

/// <summary>Every name that the project's code uses, and every type and member of the libraries that it stands on.</summary>
internal static partial class KnownWords
{
    private static readonly Lazy<HashSet<string>> Words = new(() => [.. Own(), .. Libraries()]);

    public static bool Contain(string word) => Words.Value.Contains(word);

    private static IEnumerable<string> Own() =>
        from folder in new[] { "src", "samples", "tests" }
        from ending in new[] { ".cs", ".csproj", ".props", ".targets", ".yaml" }
        from file in Repository.Files(folder, ending)
        from Match match in Word().Matches(ending == ".cs" ? Code(file) : file.Text)
        select match.Value;

    /// <summary>The text without its comments, for these may speak of what is no more.</summary>
    private static string Code(SourceFile file) => string.Join(' ', file.Tree.GetRoot().DescendantTokens().Select(token => token.Text));

    private static IEnumerable<string> Libraries()
    {
        foreach (var path in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator))
        {
            if (Path.GetFileName(path).StartsWith("CloudSage.", StringComparison.Ordinal)) continue;
            using var file = new PEReader(File.OpenRead(path));
            if (!file.HasMetadata) continue;
            var reader = file.GetMetadataReader();
            foreach (var handle in reader.TypeDefinitions)
                yield return reader.GetString(reader.GetTypeDefinition(handle).Name).Split('`')[0];
            foreach (var handle in reader.MethodDefinitions)
                yield return reader.GetString(reader.GetMethodDefinition(handle).Name);
            foreach (var handle in reader.PropertyDefinitions)
                yield return reader.GetString(reader.GetPropertyDefinition(handle).Name);
        }
    }

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Word();
}
