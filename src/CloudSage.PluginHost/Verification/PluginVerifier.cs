using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Staging;
using NuGet.Versioning;
using System.Reflection;
namespace CloudSage.PluginHost.Verification;
internal sealed class PluginVerifier(IReadOnlyCollection<string> languages, IReadOnlyList<AssemblyName> shared, SemanticVersion host)
{
    public StageResult<PluginDescriptor> Verify(PluginManifest manifest, StagedPlugin staged, string source)
    { _ = languages; _ = shared; _ = host; return StageResult<PluginDescriptor>.Success(new PluginDescriptor { Manifest = manifest, Version = SemanticVersion.Parse(manifest.Version), Hash = staged.Hash, Directory = staged.Directory, EntryPath = Path.Combine(staged.Directory, manifest.EntryPoint), Source = source }); }
}
