using System.Text.RegularExpressions;
using CloudSage.ArchitectureTests.Source;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CloudSage.ArchitectureTests.Documents;

/// <summary>What the guide shows to authors of plugins compiles against the contracts as they are.</summary>
public sealed partial class DocumentedCodeTests
{
    private const string Usings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        global using System.Globalization; global using System.Runtime.CompilerServices;
        global using Microsoft.Extensions.DependencyInjection; global using Microsoft.Extensions.Logging;
        global using CloudSage.Plugins; global using CloudSage.Plugins.Adapters; global using CloudSage.Plugins.Alerts;
        global using CloudSage.Plugins.Analysis; global using CloudSage.Plugins.Capabilities; global using CloudSage.Plugins.Commands;
        global using CloudSage.Plugins.Costs; global using CloudSage.Plugins.Integrations; global using CloudSage.Plugins.Metrics;
        global using CloudSage.Plugins.Optimization; global using CloudSage.Plugins.Resources;
        """;

    [Test]
    public void Snippets_of_the_guide_compile()
    {
        var guide = Repository.Find("docs/writing-a-plugin.md")!;
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14);
        var snippets = Snippet().Matches(guide.Text).Select(match => CSharpSyntaxTree.ParseText(
            match.Groups[1].Value, options, $"{guide.Path}, from line {guide.Text[..match.Index].Count(character => character == '\n') + 2}")).ToList();
        snippets.Should().NotBeEmpty();
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("Guide", [CSharpSyntaxTree.ParseText(Usings, options), .. snippets], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Rule.Holds("A snippet does not compile.",
            compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.ToString()));
    }

    [GeneratedRegex(@"^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
