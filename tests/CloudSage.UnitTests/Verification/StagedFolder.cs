using CloudSage.PluginHost;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Staging;
using CloudSage.PluginHost.Verification;
using CloudSage.UnitTests.Fixtures;
using CloudSage.Plugins;
using Microsoft.Extensions.Logging;
using NuGet.Versioning;

using CloudSage.PluginHost.Verification.Metadata;

namespace CloudSage.UnitTests.Verification;

/// <summary>A staged plugin whose entry is Plugin.dll, and a host to judge it.</summary>
internal sealed class StagedFolder : IDisposable
{
    private readonly TempFolder _temp = new();

    public PluginManifest Manifest { get; set; } = SimpleManifest.For("Plugin.dll");

    public HostProfile Host { get; set; } = HostProfile.Create(
        ["dotnet"], [typeof(ExtensionPointAttribute).Assembly.GetName(), typeof(ILogger).Assembly.GetName()], new SemanticVersion(1, 2, 0));

    public static Version ContractVersion { get; } = typeof(ExtensionPointAttribute).Assembly.GetName().Version!;

    public static MetadataReferences References { get; } = new();

    public StagedFolder With(TestAssembly entry) => With("Plugin.dll", entry.Build());

    public StagedFolder With(string relativePath, byte[] content)
    {
        _temp.Write(relativePath, content);
        return this;
    }

    public StageResult<PluginDescriptor> Verify()
    {
        var files = Directory.EnumerateFiles(_temp.Path, "*", SearchOption.AllDirectories)
            .Select(f => new StagedFile(Path.GetRelativePath(_temp.Path, f).Replace('\\', '/'), new FileInfo(f).Length, "-"))
            .OrderBy(f => f.RelativePath, StringComparer.Ordinal)
            .ToList();
        return new PluginVerifier(Host).Verify(Manifest, new StagedPlugin("hash", _temp.Path, files), "source");
    }

    /// <summary>The one finding there is to be.</summary>
    public Finding VerifyToOne(string code, FindingSeverity severity = FindingSeverity.Error)
    {
        var result = Verify();
        var finding = result.Findings.Should().ContainSingle().Subject;
        finding.Code.Should().Be(code);
        finding.Severity.Should().Be(severity);
        (result.Value is null).Should().Be(severity == FindingSeverity.Error);
        return finding;
    }

    public void Dispose() => _temp.Dispose();

    /// <summary>References to assemblies that this host does not have.</summary>
    internal sealed class MetadataReferences
    {
        /// <summary>The contract in another version, with one extension point.</summary>
        public Microsoft.CodeAnalysis.MetadataReference Contract(int major, int minor)
            => TestAssembly.Stub(typeof(ExtensionPointAttribute).Assembly, new Version(major, minor, 0, 0),
                "namespace CloudSage.Plugins.Commands { public interface ICommandHandler { } }");

        public Microsoft.CodeAnalysis.MetadataReference Logging(Version version)
            => TestAssembly.Stub(typeof(ILogger).Assembly, version, "namespace Microsoft.Extensions.Logging { public interface ILogger { } }");
    }
}
