using System.Reflection;
using CloudSage.Plugins;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CloudSage.UnitTests.Fixtures;

/// <summary>A real assembly, compiled in the test.</summary>
internal sealed class TestAssembly(string name)
{
    private static readonly Lazy<IReadOnlyList<MetadataReference>> Platform = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static p => Path.GetDirectoryName(p) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Select(static p => MetadataReference.CreateFromFile(p))]);

    public static MetadataReference Contracts { get; } = MetadataReference.CreateFromFile(typeof(ExtensionPointAttribute).Assembly.Location);

    /// <summary>A plugin as simple as can be.</summary>
    public const string ScannerSource = """
        public sealed class Scanner : CloudSage.Plugins.Commands.ICommandHandler
        {
            public System.Threading.Tasks.ValueTask<CloudSage.Plugins.Commands.CommandResult> ExecuteAsync(
                CloudSage.Plugins.Commands.CommandRequest request, System.Threading.CancellationToken cancellationToken) => throw new System.NotSupportedException();
        }
        """;

    public string Source { get; init; } = ScannerSource;

    public Version Version { get; init; } = new(1, 0, 0, 0);

    /// <summary>As the compiler writes it; null leaves it out.</summary>
    public string? TargetFramework { get; init; } = ".NETCoreApp,Version=v10.0";

    public IReadOnlyList<MetadataReference> References { get; init; } = [Contracts];

    public IReadOnlyList<ResourceDescription> Resources { get; init; } = [];

    public bool IsReferenceAssembly { get; init; }

    public Microsoft.CodeAnalysis.Platform Architecture { get; init; } = Microsoft.CodeAnalysis.Platform.AnyCpu;

    public byte[] Build()
    {
        var attributes = $"[assembly: System.Reflection.AssemblyVersion(\"{Version}\")]"
            + (TargetFramework is null ? string.Empty : $"[assembly: System.Runtime.Versioning.TargetFramework(\"{TargetFramework}\")]")
            + (IsReferenceAssembly ? "[assembly: System.Runtime.CompilerServices.ReferenceAssembly]" : string.Empty);
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(attributes), CSharpSyntaxTree.ParseText(Source)],
            [.. Platform.Value, .. References],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, platform: Architecture));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream, manifestResources: Resources);
        if (!result.Success)
            throw new InvalidOperationException(string.Join(Environment.NewLine, result.Diagnostics));
        return stream.ToArray();
    }

    public MetadataReference ToReference() => MetadataReference.CreateFromImage(Build());

    /// <summary>Another version of an assembly that this process has, with nothing in it but what is given: enough to compile against.</summary>
    public static MetadataReference Stub(Assembly original, Version version, string source)
        => new TestAssembly(original.GetName().Name!) { Version = version, Source = source, References = [] }.ToReference();
}
