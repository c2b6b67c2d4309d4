using CloudSage.Fixtures.Embedder;
using CloudSage.Plugins;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudSage.IntegrationTests.Harness;

/// <summary>Compiles C# to real DLLs, against the host's framework and the contracts.</summary>
internal static class FixtureCompiler
{
    /// <summary>The framework that the host runs on, as the compiler writes it into assemblies.</summary>
    public const string HostFramework = ".NETCoreApp,Version=v10.0";

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Disable);

    private static readonly Lazy<IReadOnlyList<MetadataReference>> Framework = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static p => Path.GetDirectoryName(p) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Select(static p => MetadataReference.CreateFromFile(p)),
    ]);

    private static readonly Lazy<MetadataReference> HostContract = new(() => ReferenceTo(typeof(ExtensionPointAttribute)));

    private static readonly Lazy<IReadOnlyList<MetadataReference>> Shared = new(() =>
        [ReferenceTo(typeof(IProbe)), ReferenceTo(typeof(Answer)), ReferenceTo(typeof(IServiceCollection)), ReferenceTo(typeof(ILogger))]);

    /// <summary>Compiles one assembly.</summary>
    /// <param name="name">Its simple name.</param>
    /// <param name="code">Its code.</param>
    /// <param name="version">Its assembly version.</param>
    /// <param name="framework">What its TargetFrameworkAttribute says.</param>
    /// <param name="references">What it refers to besides framework and contracts.</param>
    /// <param name="resources">Its embedded resources, by name.</param>
    /// <param name="contract">Takes the place of the contract that the host has.</param>
    public static byte[] Compile(
        string name,
        string code,
        Version version,
        string framework = HostFramework,
        IEnumerable<MetadataReference>? references = null,
        IReadOnlyDictionary<string, byte[]>? resources = null,
        MetadataReference? contract = null)
    {
        var attributes = $"""
            [assembly: System.Reflection.AssemblyVersion("{version}")]
            [assembly: System.Runtime.Versioning.TargetFramework("{framework}")]
            """;
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(attributes), CSharpSyntaxTree.ParseText(code)],
            [.. Framework.Value, .. Shared.Value, contract ?? HostContract.Value, .. references ?? []],
            Options);
        using var output = new MemoryStream();
        var embedded = (resources ?? new Dictionary<string, byte[]>())
            .Select(static r => new ResourceDescription(r.Key, () => new MemoryStream(r.Value), isPublic: true));
        var result = compilation.Emit(output, manifestResources: embedded);
        if (!result.Success)
            throw new InvalidOperationException($"The fixture '{name}' does not compile: {string.Join(Environment.NewLine, result.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error))}");
        return output.ToArray();
    }

    private static PortableExecutableReference ReferenceTo(Type type) => MetadataReference.CreateFromFile(type.Assembly.Location);
}
